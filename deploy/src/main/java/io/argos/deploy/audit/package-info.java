/** The proof in the log: what became of every job, as its topics tell. */
@org.jspecify.annotations.NullMarked
package io.argos.deploy.audit;
