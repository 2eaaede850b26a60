package io.argos.profile.expression;

/**
 * One evaluation in progress.
 *
 * @param data what is read
 * @param rows the rows in whose columns names are looked up
 * @param size count of values that a step yields
 * @param folding how rows fold into groups, when within an aggregating expression
 * @param budget steps that are left
 */
record Evaluation(Data data, Data.Rows rows, int size, Folding folding, Budget budget) {

  /** The same evaluation over the rows of an aggregate's argument. */
  Evaluation inside(Data.Rows inner) {
    return new Evaluation(data, inner, inner.size(), Folding.NONE, budget);
  }

  void step() {
    budget.spend(1L + size);
  }
}
