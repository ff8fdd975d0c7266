package dev.comptroller.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.WebhookClientConfig;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.util.Base64;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What the webhook, as the chart installs it, answers to whoever speaks to it directly, at the
 * address and with the authority that the API server uses.
 */
@ExtendWith(ComptrollerExtension.class)
class WebhookEndpointIT {
  private static final JsonMapper JSON = new JsonMapper();
  private static final int MEBIBYTE = 1024 * 1024;

  /** What the API server takes as one object, but for what the client adds around it. */
  private static final int LARGEST_OBJECT = 3 * MEBIBYTE - 16 * 1024;

  private static final String SECRET = "do-not-repeat-this";

  private final Team team;
  private final WebhookClientConfig installed;
  private HttpClient http;

  WebhookEndpointIT(Team team) {
    this.team = team;
    this.installed = Comptroller.webhookClient(team.admin());
    this.http = HttpClient.newHttpClient();
  }

  @BeforeEach
  void trust_the_published_authority() throws GeneralSecurityException, IOException {
    KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
    store.load(null, null);
    byte[] authority = Base64.getDecoder().decode(installed.getCaBundle());
    for (var certificate :
        CertificateFactory.getInstance("X.509")
            .generateCertificates(new ByteArrayInputStream(authority))) {
      store.setCertificateEntry("authority-" + store.size(), certificate);
    }
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(store);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, trust.getTrustManagers(), null);
    http = HttpClient.newBuilder().sslContext(context).build();
  }

  @AfterEach
  void disconnect() {
    http.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          application/json | {"spec": "do-not-repeat-this"                                       | 400
          application/json | not JSON, do-not-repeat-this                                        | 400
          application/json | []                                                                  | 400
          application/json | {"apiVersion": "admission.k8s.io/v1beta1", "kind": "AdmissionReview", "request": {"uid": "u"}} | 400
          application/json | {"apiVersion": "admission.k8s.io/v1", "kind": "Pod"}                | 400
          application/json | {"apiVersion": "admission.k8s.io/v1", "kind": "AdmissionReview"}    | 400
          text/plain       | {"apiVersion": "admission.k8s.io/v1", "kind": "AdmissionReview"}    | 415
          application/yaml | do-not-repeat-this: 1                                               | 415
          """)
  void what_is_no_review_gets_an_error_that_repeats_nothing_of_it(
      String contentType, String body, int code) throws Exception {
    HttpResponse<String> answer = post(contentType, body.getBytes(UTF_8));

    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(code);
    assertThat(answer.body()).isNotBlank().doesNotContain(SECRET, "Exception", "\tat ");
  }

  @Test
  void reviews_are_posted_and_nothing_is_got() throws Exception {
    HttpResponse<String> answer =
        http.send(HttpRequest.newBuilder(address()).build(), BodyHandlers.ofString());

    assertThat(answer.statusCode()).isEqualTo(405);
    assertThat(answer.headers().firstValue("allow")).hasValue("POST");
  }

  @Test
  void a_review_of_more_than_three_mebibytes_is_judged() throws Exception {
    byte[] review = review(job("direct", 3 * MEBIBYTE));
    assertThat(review.length).isGreaterThan(3 * MEBIBYTE);

    HttpResponse<String> answer = post("application/json", review);

    JsonNode response = JSON.readTree(answer.body()).path("response");
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(response.path("uid").asText()).isEqualTo("asked-directly");
    assertThat(response.path("allowed").asBoolean(true)).isFalse();
    assertThat(response.at("/status/details/causes/0/reason").asText()).isEqualTo("Unsigned");
  }

  @Test
  void a_body_larger_than_any_review_is_refused_as_too_large() throws Exception {
    assertThat(post("application/json", review(job("too-large", 8 * MEBIBYTE))).statusCode())
        .isEqualTo(413);
  }

  @Test
  void an_object_as_large_as_the_api_server_takes_gets_its_verdict() {
    ObjectNode job = job("largest", LARGEST_OBJECT);

    assertThat(team.verdict(job).reasons()).containsExactly("Unsigned");
    assertThat(team.verdict(team.alice.sign(job)).allowed()).isTrue();
  }

  /** A Job whose JSON has about this many bytes. */
  private ObjectNode job(String name, int bytes) {
    ObjectNode job = team.manifest("job", name);
    ArrayNode variables = job.withArray("/spec/template/spec/containers/0/env");
    int size = job.toString().length();
    for (int i = 0; size < bytes; i++) {
      String value = "x".repeat(Math.min(100_000, bytes - size));
      variables.addObject().put("name", "V" + i).put("value", value);
      size += value.length() + "{\"name\":\"V00\",\"value\":\"\"},".length();
    }
    return job;
  }

  private byte[] review(ObjectNode object) throws IOException {
    ObjectNode review = JSON.createObjectNode();
    review.put("apiVersion", "admission.k8s.io/v1").put("kind", "AdmissionReview");
    ObjectNode request = review.putObject("request");
    request.put("uid", "asked-directly").put("operation", "CREATE");
    request.put("name", object.at("/metadata/name").asText()).put("namespace", team.namespace());
    request.putObject("kind").put("group", "batch").put("version", "v1").put("kind", "Job");
    request
        .putObject("resource")
        .put("group", "batch")
        .put("version", "v1")
        .put("resource", "jobs");
    request.putObject("userInfo").put("username", "somebody");
    request.set("object", object);
    return JSON.writeValueAsBytes(review);
  }

  private HttpResponse<String> post(String contentType, byte[] body)
      throws IOException, InterruptedException {
    return http.send(
        HttpRequest.newBuilder(address())
            .header("content-type", contentType)
            .POST(BodyPublishers.ofByteArray(body))
            .build(),
        BodyHandlers.ofString());
  }

  private URI address() {
    return URI.create(installed.getUrl());
  }
}
