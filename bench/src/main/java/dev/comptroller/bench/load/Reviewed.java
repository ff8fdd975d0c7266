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
  NOTHING("GET") {
    @Override
    String body(Installation installation) {
      return "";
    }

    @Override
    boolean isRight(Answer answer) {
      return answer.status() == 405;
    }
  },

  /** A run with a signature that counts: its signature is verified, its GPU-hours are priced. */
  SIGNED_RUN("POST") {
    @Override
    String body(Installation installation) {
      ObjectNode run = installation.run(Installation.NAMESPACE, "signed");
      return review("admin", installation.asAdmitted(installation.signer.sign(run)));
    }

    @Override
    boolean isRight(Answer answer) {
      return isVerdict(answer, true);
    }
  },

  /** The same run without a signature: refused, with an explanation. */
  UNSIGNED_RUN("POST") {
    @Override
    String body(Installation installation) {
      ObjectNode run = installation.run(Installation.NAMESPACE, "unsigned");
      ObjectNode admitted = installation.asAdmitted(installation.signer.sign(run));
      admitted.withObject("/metadata").remove("annotations");
      return review("admin", admitted);
    }

    @Override
    boolean isRight(Answer answer) {
      return isVerdict(answer, false);
    }
  },

  /** The pod of a run's Job: its owners are looked up, and it is compared with what they allow. */
  POD_OF_A_RUN("POST") {
    @Override
    String body(Installation installation) {
      ObjectNode run = installation.run(Installation.NAMESPACE, "with-a-pod");
      installation.create(installation.signer.sign(run));
      List<Pod> pods =
          await()
              .atMost(Duration.ofMinutes(1))
              .until(
                  () ->
                      installation
                          .admin()
                          .pods()
                          .inNamespace(Installation.NAMESPACE)
                          .list()
                          .getItems(),
                  found -> !found.isEmpty());
      ObjectNode pod = JSON.valueToTree(pods.getFirst());
      pod.put("apiVersion", "v1").put("kind", "Pod").remove("status");
      pod.withObject("/spec").remove("nodeName");
      pod.withObject("/metadata").remove("resourceVersion");
      return review("system:serviceaccount:kube-system:job-controller", pod);
    }

    @Override
    boolean isRight(Answer answer) {
      return isVerdict(answer, true);
    }
  };

  private static final JsonMapper JSON = new JsonMapper();

  private final String method;

  Reviewed(String method) {
    this.method = method;
  }

  final String review(String user, ObjectNode object) {
    return AdmissionReviews.creation(name(), user, object).toString();
  }

  /** What is sent to the webhook at this address. */
  Vegeta.Request request(Installation installation, String url) {
    return new Vegeta.Request(method, url, body(installation));
  }

  /** Makes what is reviewed; what it needs is put into the cluster. */
  abstract String body(Installation installation);

  /** Whether this is the answer to it. */
  abstract boolean isRight(Answer answer);

  final boolean isVerdict(Answer answer, boolean allowed) {
    return answer.status() == 200
        && answer.body().contains("\"uid\":\"" + name() + "\"")
        && answer.body().contains("\"allowed\":" + allowed);
  }
}
