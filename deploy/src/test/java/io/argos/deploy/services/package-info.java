/** The services as processes of their own, started, stopped and killed by tests. */
@NullMarked
package io.argos.deploy.services;

import org.jspecify.annotations.NullMarked;
