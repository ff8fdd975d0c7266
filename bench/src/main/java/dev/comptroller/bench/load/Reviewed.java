package dev.comptroller.bench.load;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.comptroller.bench.AdmissionReviews;
import dev.comptroller.bench.load.Answers.Answer;
import io.fabric8.kubernetes.api.model.Pod;
import java.time.Duration;
import java.util.List;

/** Reviews as the API server asks for them, and one request that is none. */
enum Reviewed {
  /** A GET, which is refused: what TLS and HTTP cost alone. */
  NOTHING,
  /** A run with a signature that counts: its signature is verified, its GPU-hours are priced. */
  SIGNED_RUN,
  /** The same run without a signature: refused, with an explanation. */
  UNSIGNED_RUN,
  /** The pod of a run's Job: its owners are looked up, and it is compared with what they allow. */
  POD_OF_A_RUN;

  private static final JsonMapper JSON = new JsonMapper();
  private static final Duration LIMIT = Duration.ofMinutes(1);

  /** What is sent to the webhook at this address; what it needs is put into the cluster. */
  Vegeta.Request request(Installation installation, String url) {
    return switch (this) {
      case NOTHING -> new Vegeta.Request("GET", url, "");
      case SIGNED_RUN -> review(url, "admin", signedRun(installation));
      case UNSIGNED_RUN -> {
        ObjectNode run = signedRun(installation);
        run.withObject("/metadata").remove("annotations");
        yield review(url, "admin", run);
      }
      case POD_OF_A_RUN ->
          review(url, "system:serviceaccount:kube-system:job-controller", pod(installation));
    };
  }

  /** Whether this is the answer to it. */
  boolean isRight(Answer answer) {
    return switch (this) {
      case NOTHING -> answer.status() == 405;
      case SIGNED_RUN, POD_OF_A_RUN -> isVerdict(answer, true);
      case UNSIGNED_RUN -> isVerdict(answer, false);
    };
  }

  private Vegeta.Request review(String url, String user, ObjectNode object) {
    return new Vegeta.Request(
        "POST", url, AdmissionReviews.creation(name(), user, object).toString());
  }

  private boolean isVerdict(Answer answer, boolean allowed) {
    return answer.status() == 200
        && answer.body().contains("\"uid\":\"" + name() + "\"")
        && answer.body().contains("\"allowed\":" + allowed);
  }

  private static ObjectNode signedRun(Installation installation) {
    ObjectNode run = installation.run(Installation.NAMESPACE, "reviewed");
    return installation.asAdmitted(installation.signer.sign(run));
  }

  /** A pod as its Job's controller creates it. */
  private static ObjectNode pod(Installation installation) {
    ObjectNode run = installation.run(Installation.NAMESPACE, "with-a-pod");
    installation.create(installation.signer.sign(run));
    var pods = installation.admin().pods().inNamespace(Installation.NAMESPACE);
    List<Pod> found =
        await().atMost(LIMIT).until(() -> pods.list().getItems(), list -> !list.isEmpty());
    ObjectNode pod = JSON.valueToTree(found.getFirst());
    pod.put("apiVersion", "v1").put("kind", "Pod").remove("status");
    pod.withObject("/spec").remove("nodeName");
    pod.withObject("/metadata").remove("resourceVersion");
    return pod;
  }
}
