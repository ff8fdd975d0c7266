package dev.comptroller.api.v1alpha1;

/** Names that every part of Comptroller shares. */
public final class Api {
  /** API group of all kinds. */
  public static final String GROUP = "comptroller.dev";

  /** The only served version. */
  public static final String VERSION = "v1alpha1";

  /** Group and version as manifests write them. */
  public static final String API_VERSION = GROUP + "/" + VERSION;

  /** Annotation with a DSSE envelope; further signers append {@code .<signer>}. */
  public static final String SIGNATURE_ANNOTATION = GROUP + "/signature";

  /** Label on everything made of a TrainingRun, its pods among them: the run's name. */
  public static final String TRAINING_RUN_LABEL = GROUP + "/training-run";

  /** Label on everything made of a ModelDeployment, its pods among them: its name. */
  public static final String MODEL_DEPLOYMENT_LABEL = GROUP + "/model-deployment";

  private Api() {}
}
