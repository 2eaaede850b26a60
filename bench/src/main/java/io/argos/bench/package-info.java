/** Benchmarks: what a poll costs, measured beside other pollers in the same run. */
@NullMarked
package io.argos.bench;

import org.jspecify.annotations.NullMarked;
