package dev.comptroller.webhook.review;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.comptroller.core.governor.Operation;
import dev.comptroller.core.governor.Requester;
import dev.comptroller.core.governor.Review;
import dev.comptroller.core.object.KubernetesObject;
import dev.comptroller.core.object.ObjectKey;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * Reads AdmissionReview v1 requests. Objects are kept as the JSON that came, so that fields unknown
 * here are judged too; numbers keep every digit, and an object with the same key twice is refused.
 */
public final class AdmissionReviewReader {
  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .build();

  private AdmissionReviewReader() {}

  /**
   * Reads one request.
   *
   * @throws MalformedReviewException if the body is not one AdmissionReview v1 with a request
   */
  public static AdmissionRequest read(byte[] body) throws MalformedReviewException {
    JsonNode review = parse(body);
    expect("apiVersion", review.path("apiVersion"), "admission.k8s.io/v1");
    expect("kind", review.path("kind"), "AdmissionReview");
    ObjectNode request = object("request", review.path("request"));
    String uid = text("request.uid", request.path("uid"));
    Operation operation = operation(request.path("operation"));
    Optional<KubernetesObject> object = optionalObject("request.object", request.path("object"));
    Optional<KubernetesObject> oldObject =
        optionalObject("request.oldObject", request.path("oldObject"));
    String subresource = request.path("subResource").asText("");
    requireObjects(operation, object, oldObject);
    return new AdmissionRequest(
        uid,
        new Review(
            operation,
            target(request, subresource, operation == Operation.DELETE ? oldObject : object),
            subresource,
            object,
            oldObject,
            operation == Operation.DELETE ? propagation(request.path("options")) : Optional.empty(),
            requester(request.path("userInfo"))));
  }

  private static JsonNode parse(byte[] body) throws MalformedReviewException {
    try {
      return MAPPER.readTree(body);
    } catch (JsonProcessingException e) {
      var where = e.getLocation();
      throw new MalformedReviewException(
          where == null
              ? "the body is not strict JSON"
              : "the body is not strict JSON, line %d column %d"
                  .formatted(where.getLineNr(), where.getColumnNr()));
    } catch (IOException e) {
      throw new UncheckedIOException("an array in memory cannot fail to be read", e);
    }
  }

  private static void requireObjects(
      Operation operation, Optional<KubernetesObject> object, Optional<KubernetesObject> oldObject)
      throws MalformedReviewException {
    if (operation != Operation.DELETE && object.isEmpty()) {
      throw missing("request.object");
    }
    boolean replaces = operation == Operation.UPDATE || operation == Operation.DELETE;
    if (replaces && oldObject.isEmpty()) {
      throw missing("request.oldObject");
    }
  }

  private static ObjectKey target(
      ObjectNode request, String subresource, Optional<KubernetesObject> body)
      throws MalformedReviewException {
    JsonNode kind = object("request.kind", request.path("kind"));
    JsonNode resource = object("request.resource", request.path("resource"));
    String name = request.path("name").asText("");
    if (name.isEmpty() && subresource.isEmpty()) {
      name = body.map(KubernetesObject::name).orElse("");
    }
    String namespace = request.path("namespace").asText("");
    if (subresource.isEmpty()) {
      return new ObjectKey(
          groupVersion(kind), text("request.kind.kind", kind.path("kind")), namespace, name);
    }
    String plural = text("request.resource.resource", resource.path("resource"));
    String owner =
        SubresourceOwners.kindOf(resource.path("group").asText(""), plural)
            .orElseThrow(
                () ->
                    new MalformedReviewException(
                        "request.resource: subresources of this resource are not reviewed"));
    return new ObjectKey(groupVersion(resource), owner, namespace, name);
  }

  private static String groupVersion(JsonNode groupVersionKind) throws MalformedReviewException {
    String group = groupVersionKind.path("group").asText("");
    String version = text("version", groupVersionKind.path("version"));
    return group.isEmpty() ? version : group + "/" + version;
  }

  /** The older spelling, {@code orphanDependents}, orphans just as well. */
  private static Optional<String> propagation(JsonNode options) {
    if (options.path("orphanDependents").asBoolean(false)) {
      return Optional.of("Orphan");
    }
    return Optional.of(options.path("propagationPolicy").asText(""))
        .filter(text -> !text.isEmpty());
  }

  private static Requester requester(JsonNode userInfo) {
    Set<String> groups = new HashSet<>();
    userInfo.path("groups").forEach(group -> groups.add(group.asText()));
    return new Requester(userInfo.path("username").asText(""), groups);
  }

  private static Operation operation(JsonNode node) throws MalformedReviewException {
    return switch (node.asText("")) {
      case "CREATE" -> Operation.CREATE;
      case "UPDATE" -> Operation.UPDATE;
      case "DELETE" -> Operation.DELETE;
      case "CONNECT" -> Operation.CONNECT;
      default ->
          throw new MalformedReviewException(
              "request.operation: required CREATE, UPDATE, DELETE or CONNECT");
    };
  }

  private static Optional<KubernetesObject> optionalObject(String field, JsonNode node)
      throws MalformedReviewException {
    return node.isMissingNode() || node.isNull()
        ? Optional.empty()
        : Optional.of(new KubernetesObject(object(field, node)));
  }

  private static ObjectNode object(String field, JsonNode node) throws MalformedReviewException {
    if (node instanceof ObjectNode object) {
      return object;
    }
    throw node.isMissingNode() || node.isNull()
        ? missing(field)
        : new MalformedReviewException(field + ": required an object");
  }

  private static String text(String field, JsonNode node) throws MalformedReviewException {
    if (node.isTextual() && !node.asText().isEmpty()) {
      return node.asText();
    }
    throw new MalformedReviewException(field + ": required a text that is not empty");
  }

  private static void expect(String field, JsonNode found, String required)
      throws MalformedReviewException {
    if (!required.equals(found.asText(""))) {
      throw new MalformedReviewException(field + ": required " + required);
    }
  }

  private static MalformedReviewException missing(String field) {
    return new MalformedReviewException(field + ": missing");
  }
}
