package dev.comptroller.api.v1alpha1;

/** Where in a model's life the compute is spent. */
public enum Stage {
  PreTraining,
  MidTraining,
  FineTune,
  ReinforcementLearning,
  Distillation,
  SyntheticData,
  Evaluation
}
