package dev.comptroller.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.StreamSupport;

/**
 * A running Prometheus, as dashboards ask it.
 *
 * @param address its host and port
 */
record PrometheusApi(String address) {
  private static final JsonMapper JSON = new JsonMapper();

  /** The queries of a dashboard. */
  static List<String> queries(JsonNode dashboard) {
    return dashboard.findValuesAsText("expr");
  }

  /** The series that a query is answered with. */
  List<JsonNode> answer(String query) throws IOException, InterruptedException {
    URI uri =
        URI.create(
            "http://%s/api/v1/query?query=%s"
                .formatted(address, URLEncoder.encode(query, StandardCharsets.UTF_8)));
    try (HttpClient http = HttpClient.newHttpClient()) {
      String body = http.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString()).body();
      JsonNode result = JSON.readTree(body).at("/data/result");
      return StreamSupport.stream(result.spliterator(), false).toList();
    }
  }
}
