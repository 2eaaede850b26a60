@org.jspecify.annotations.NullMarked
package io.argos.deploy.trap;
