/** Who takes jobs: the instances of all stages, as their heartbeats tell. */
@org.jspecify.annotations.NullMarked
package io.argos.deploy.worker;
