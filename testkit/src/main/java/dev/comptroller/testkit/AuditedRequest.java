package dev.comptroller.testkit;

import static java.util.stream.Collectors.toUnmodifiableMap;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * One request as the API server recorded it when it was complete.
 *
 * @param user who asked, as authenticated
 * @param verb the verb that was authorised, such as {@code patch}
 * @param group API group, empty for the core group
 * @param resource plural name, with a slash before a subresource; empty for other URLs
 * @param namespace empty for what has none
 * @param name empty where the request names no object
 * @param code HTTP status of the answer
 * @param authorized whether the user had the right to ask; what he may ask can still be refused
 * @param annotations what authorisation and admission noted of it
 */
public record AuditedRequest(
    String user,
    String verb,
    String group,
    String resource,
    String namespace,
    String name,
    int code,
    boolean authorized,
    Map<String, String> annotations) {
  private static final JsonMapper JSON = new JsonMapper();

  /** The requests of an audit log, in the order of their completion. */
  public static List<AuditedRequest> read(Path auditLog) {
    List<AuditedRequest> requests = new ArrayList<>();
    try (MappingIterator<JsonNode> events =
        JSON.readerFor(JsonNode.class).readValues(auditLog.toFile())) {
      while (events.hasNextValue()) {
        JsonNode event = events.nextValue();
        String stage = event.path("stage").asText();
        // A watch is complete when it ends, which may be after the log is read.
        if (stage.equals("ResponseComplete") || stage.equals("ResponseStarted")) {
          requests.add(of(event));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read the audit log " + auditLog, e);
    }
    return List.copyOf(requests);
  }

  private static AuditedRequest of(JsonNode event) {
    JsonNode object = event.path("objectRef");
    String subresource = object.path("subresource").asText();
    String resource = object.path("resource").asText();
    return new AuditedRequest(
        event.path("user").path("username").asText(),
        event.path("verb").asText(),
        object.path("apiGroup").asText(),
        subresource.isEmpty() ? resource : resource + "/" + subresource,
        object.path("namespace").asText(),
        object.path("name").asText(),
        event.path("responseStatus").path("code").asInt(),
        event.path("annotations").path("authorization.k8s.io/decision").asText().equals("allow"),
        event.path("annotations").properties().stream()
            .collect(toUnmodifiableMap(Map.Entry::getKey, note -> note.getValue().asText())));
  }
}
