package io.argos.profile.expression;

import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A compiled expression. Immutable and safe for use by any thread. */
public final class Expression {
  private static final Logger log = LoggerFactory.getLogger(Expression.class);
  private static final long STEPS = 20_000_000;

  private final String source;
  private final Type type;
  private final Code code;
  private final Set<String> names;
  private final Set<String> tables;
  private final AtomicBoolean told = new AtomicBoolean();

  private Expression(String source, Type type, Code code, Syntax tree, Scope scope) {
    Set<String> mentioned = new HashSet<>();
    Set<String> others = new HashSet<>();
    References.collect(tree, scope.table(), mentioned, others);
    this.source = source;
    this.type = type;
    this.code = code;
    this.names = Set.copyOf(mentioned);
    this.tables = Set.copyOf(others);
  }

  /**
   * Compiles a source.
   *
   * @throws ExpressionException with the offset of what is wrong
   */
  public static Expression compile(String source, Scope scope) {
    Syntax tree = Parser.parse(source);
    Code.Typed compiled = new Compiler(scope).compile(tree);
    return new Expression(source, compiled.type(), compiled.code(), tree, scope);
  }

  /**
   * Compiles a source whose result must have a type, or one that widens to it.
   *
   * @throws ExpressionException with the offset of what is wrong
   */
  public static Expression compile(String source, Scope scope, Type wanted) {
    Syntax tree = Parser.parse(source);
    Code.Typed compiled = new Compiler(scope).compile(tree);
    if (!Compiler.fits(compiled.type(), wanted)) {
      throw new ExpressionException(
          0,
          "the expression is of type "
              + compiled.type().word()
              + ", but "
              + wanted.word()
              + " is expected here");
    }
    return new Expression(source, wanted, compiled.as(wanted), tree, scope);
  }

  /** The source as written. */
  public String source() {
    return source;
  }

  /** The columns of its own table and the scalars that it mentions. */
  public Set<String> names() {
    return names;
  }

  /** The tables other than its own that it looks into. */
  public Set<String> tables() {
    return tables;
  }

  /** Type of the result. */
  public Type type() {
    return type;
  }

  /**
   * The value of every row; all are absent when it takes too many steps to find out, which is
   * logged the first time.
   */
  public Vector evaluate(Data data) {
    try {
      return evaluate(data, new Budget(STEPS));
    } catch (LimitExceededException e) {
      tell(e);
      return Vector.allAbsent(type, data.rows().size());
    }
  }

  /**
   * The value of every row, within a budget.
   *
   * @throws LimitExceededException when it takes more steps
   */
  public Vector evaluate(Data data, Budget budget) {
    Data.Rows rows = data.rows();
    return code.run(new Evaluation(data, rows, rows.size(), Folding.NONE, budget));
  }

  /**
   * One value for each group of rows, of an expression compiled in an aggregating scope; all are
   * absent when it takes too many steps to find out.
   */
  public Vector fold(Data data, Folding folding) {
    try {
      return code.run(
          new Evaluation(data, data.rows(), folding.groups(), folding, new Budget(STEPS)));
    } catch (LimitExceededException e) {
      tell(e);
      return Vector.allAbsent(type, folding.groups());
    }
  }

  /** Once: a device on which it takes too long is polled again and again. */
  private void tell(LimitExceededException e) {
    if (!told.getAndSet(true)) {
      log.warn("expression took too long, its values are absent source={}", source, e);
    }
  }

  @Override
  public String toString() {
    return source;
  }
}
