/** Why a resource is polled, or where on its way that ends. */
@NullMarked
package io.argos.deploy.explain;

import org.jspecify.annotations.NullMarked;
