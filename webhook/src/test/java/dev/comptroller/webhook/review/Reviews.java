package dev.comptroller.webhook.review;

/** AdmissionReviews as an API server sends them. */
public final class Reviews {
  private Reviews() {}

  /** The creation of an empty TrainingRun. */
  public static String trainingRun(String uid) {
    return create(
        uid,
        "comptroller.dev",
        "v1alpha1",
        "TrainingRun",
        "trainingruns",
        """
        {"apiVersion": "comptroller.dev/v1alpha1", "kind": "TrainingRun",
         "metadata": {"name": "sft", "namespace": "nlp"}, "spec": {}}""");
  }

  /** The creation of this object, asked for by alice. */
  public static String create(
      String uid, String group, String version, String kind, String plural, String object) {
    return request(
        """
        "uid": "%s", "operation": "CREATE", "name": "", "namespace": "nlp",
        "kind": {"group": "%s", "version": "%s", "kind": "%s"},
        "resource": {"group": "%s", "version": "%s", "resource": "%s"},
        "userInfo": {"username": "alice", "groups": ["nlp", "system:authenticated"]},
        "object": %s, "oldObject": null, "options": {"kind": "CreateOptions"}"""
            .formatted(uid, group, version, kind, group, version, plural, object));
  }

  /** Any request. */
  public static String request(String fields) {
    return "{\"apiVersion\": \"admission.k8s.io/v1\", \"kind\": \"AdmissionReview\", \"request\": {"
        + fields
        + "}}";
  }
}
