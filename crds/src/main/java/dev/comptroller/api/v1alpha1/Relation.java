package dev.comptroller.api.v1alpha1;

/** How a model depends on its parent. */
public enum Relation {
  Initialize,
  FineTune,
  Merge,
  Distill,
  Data
}
