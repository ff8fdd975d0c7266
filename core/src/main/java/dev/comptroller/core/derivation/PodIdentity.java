package dev.comptroller.core.derivation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.comptroller.api.v1alpha1.SecretMount;
import dev.comptroller.core.object.KubernetesObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * Who the pods of a parent are and which Secrets they reach. Mounted Secrets need no rights: the
 * kubelet mounts them. Only Secrets that are read through the API give the pods a token and a Role.
 *
 * @param parent whose pods
 * @param account name of their ServiceAccount
 * @param secrets what they may read
 */
record PodIdentity(Parent parent, String account, List<SecretMount> secrets) {

  /** The ServiceAccount, and a Role and RoleBinding where they are needed. */
  List<KubernetesObject> objects() {
    List<KubernetesObject> objects = new ArrayList<>();
    objects.add(
        parent.child(
            "v1", "ServiceAccount", account, Json.object("automountServiceAccountToken", false)));
    List<String> read =
        secrets.stream().filter(PodIdentity::throughApi).map(SecretMount::name).sorted().toList();
    if (!read.isEmpty()) {
      String role = account + "-secrets";
      objects.add(Rbac.role(parent, role, Rbac.rule("", "secrets", read, "get")));
      objects.add(
          Rbac.binding(parent, role, List.of(Rbac.account(parent.object().namespace(), account))));
    }
    return objects;
  }

  /** Writes the identity and the mounted Secrets into a pod spec. */
  void writeInto(ObjectNode spec) {
    spec.remove("serviceAccount");
    spec.put("serviceAccountName", account);
    spec.put("automountServiceAccountToken", secrets.stream().anyMatch(PodIdentity::throughApi));
    for (SecretMount secret : secrets) {
      if (!throughApi(secret)) {
        mount(secret, spec);
      }
    }
  }

  private static void mount(SecretMount secret, ObjectNode spec) {
    String volume = Names.of("secret-" + secret.name(), "");
    spec.withArrayProperty("volumes")
        .add(Json.object("name", volume, "secret", Json.object("secretName", secret.name())));
    String path =
        Objects.requireNonNullElse(secret.mountPath(), "/var/run/secrets/" + secret.name());
    for (String kind : List.of("initContainers", "containers")) {
      for (JsonNode container : spec.path(kind)) {
        ArrayNode mounts =
            Forms.object(container, "a container of the template")
                .withArrayProperty("volumeMounts");
        mounts.add(Json.object("name", volume, "mountPath", path, "readOnly", true));
      }
    }
  }

  private static boolean throughApi(SecretMount secret) {
    return secret.access() == SecretMount.Access.Api;
  }
}
