/**
 * The expression language of profiles: small, typed, without side effects, evaluated over whole
 * columns at once.
 *
 * <p>An expression is compiled once against a {@link io.argos.profile.expression.Scope}, which
 * knows the names and their types, and evaluated against {@link io.argos.profile.expression.Data}.
 * A value that cannot be had (no such row, not a number, division by zero) is <em>absent</em>;
 * absence propagates and is never an exception.
 */
@NullMarked
package io.argos.profile.expression;

import org.jspecify.annotations.NullMarked;
