package dev.comptroller.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;

/** Requests for review, with all of what the API server writes that the webhook reads. */
public final class AdmissionReviews {
  private AdmissionReviews() {}

  /**
   * A review of an object that is to be created.
   *
   * @param uid by which the answer is known
   * @param user who creates it
   */
  public static ObjectNode creation(String uid, String user, JsonNode object) {
    String apiVersion = object.path("apiVersion").asText();
    int slash = apiVersion.indexOf('/');
    String group = slash < 0 ? "" : apiVersion.substring(0, slash);
    String version = apiVersion.substring(slash + 1);
    String kind = object.path("kind").asText();
    ObjectNode review = JsonNodeFactory.instance.objectNode();
    review.put("apiVersion", "admission.k8s.io/v1").put("kind", "AdmissionReview");
    ObjectNode request = review.putObject("request");
    request.put("uid", uid).put("operation", "CREATE");
    request
        .put("name", object.at("/metadata/name").asText())
        .put("namespace", object.at("/metadata/namespace").asText());
    request.putObject("kind").put("group", group).put("version", version).put("kind", kind);
    request
        .putObject("resource")
        .put("group", group)
        .put("version", version)
        .put("resource", kind.toLowerCase(Locale.ROOT) + "s");
    request.putObject("userInfo").put("username", user);
    request.set("object", object);
    request.putObject("options").put("apiVersion", "meta.k8s.io/v1").put("kind", "CreateOptions");
    return review;
  }
}
