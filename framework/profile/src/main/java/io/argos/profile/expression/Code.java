package io.argos.profile.expression;

/** A compiled step: yields a vector of the evaluation's size. */
@FunctionalInterface
interface Code {
  Vector run(Evaluation at);

  /** A step and the type that it yields. */
  record Typed(Type type, Code code) {
    /** This step yielding another type that it can be taken as. */
    Code as(Type wanted) {
      if (type == wanted) {
        return code;
      }
      return at -> Conversions.as(code.run(at), type, wanted);
    }
  }
}
