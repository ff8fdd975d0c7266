package dev.comptroller.webhook;

import dev.comptroller.core.governor.Ungoverned;
import dev.comptroller.webhook.tls.Lifetimes;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import picocli.CommandLine.Option;

/** The command line of the webhook. None of it is secret: it is printed at start. */
final class WebhookOptions {

  /** Where the serving certificate comes from. */
  enum CertificateMode {
    /** Made here and shared through a Secret. */
    self,
    /** Read from a directory. */
    files
  }

  @Option(names = "--host", defaultValue = "0.0.0.0", description = "Address to listen on.")
  String host = "0.0.0.0";

  @Option(names = "--port", defaultValue = "8443", description = "HTTPS port of reviews.")
  int port = 8443;

  @Option(
      names = "--health-port",
      defaultValue = "8081",
      description = "HTTP port of /livez, /readyz and /metrics.")
  int healthPort = 8081;

  @Option(
      names = "--tls",
      defaultValue = "self",
      description =
          "Where the serving certificate comes from: self makes it and shares it through a Secret,"
              + " files reads tls.crt and tls.key from --tls-dir.")
  CertificateMode tls = CertificateMode.self;

  @Option(names = "--tls-dir", description = "Directory of tls.crt and tls.key for --tls=files.")
  Optional<Path> tlsDirectory = Optional.empty();

  @Option(
      names = "--tls-secret",
      defaultValue = "comptroller-webhook-tls",
      description = "Secret that replicas share their certificate through, for --tls=self.")
  String tlsSecret = "comptroller-webhook-tls";

  @Option(
      names = "--namespace",
      defaultValue = "comptroller-system",
      description = "Namespace of the webhook itself.")
  String namespace = "comptroller-system";

  @Option(
      names = "--service",
      defaultValue = "comptroller-webhook",
      description = "Service that the API server calls; it names the certificate.")
  String service = "comptroller-webhook";

  @Option(
      names = "--name",
      split = ",",
      description = "Further DNS names and addresses of the certificate, such as 127.0.0.1.")
  List<String> names = List.of();

  @Option(
      names = "--configuration",
      description =
          "ValidatingWebhookConfiguration that is told to trust the certificate, for --tls=self.")
  Optional<String> configuration = Optional.empty();

  @Option(
      names = "--authority-lifetime",
      defaultValue = "P365D",
      description = "How long an authority made by --tls=self lasts, as ISO-8601 duration.")
  Duration authorityLifetime = Lifetimes.DEFAULT.authority();

  @Option(
      names = "--serving-lifetime",
      defaultValue = "P90D",
      description = "How long a certificate made by --tls=self lasts, as ISO-8601 duration.")
  Duration servingLifetime = Lifetimes.DEFAULT.serving();

  @Option(
      names = "--propagation",
      defaultValue = "PT5M",
      description =
          "How long every API server may take to notice a new authority before that signs, as"
              + " ISO-8601 duration.")
  Duration propagation = Lifetimes.DEFAULT.propagation();

  @Option(
      names = "--client-ca",
      description = "Authority of client certificates (PEM file); clients without one are refused.")
  Optional<Path> clientAuthority = Optional.empty();

  @Option(
      names = "--client-name",
      split = ",",
      description = "Common names of client certificates that are let in; default all.")
  Set<String> clientNames = Set.of();

  @Option(
      names = "--timeout",
      defaultValue = "PT4.5S",
      description =
          "Longest time to a verdict, as ISO-8601 duration; the API server's own, less half a"
              + " second, where that is shorter.")
  Duration timeout = Duration.ofMillis(4500);

  @Option(
      names = "--workers",
      defaultValue = "16",
      description = "Reviews judged at once; some may wait for the API server.")
  int workers = 16;

  @Option(
      names = "--drain",
      defaultValue = "PT5S",
      description = "How long to serve on after a request to stop, until no more reviews come.")
  Duration drain = Duration.ofSeconds(5);

  @Option(
      names = "--grace",
      defaultValue = "PT10S",
      description = "How long reviews in flight may take after that.")
  Duration grace = Duration.ofSeconds(10);

  @Option(
      names = "--controllers",
      description = "YAML file that says which users create the children of which kinds.")
  Optional<Path> controllers = Optional.empty();

  @Option(
      names = "--ungoverned",
      defaultValue = "Warn",
      description =
          "What becomes of accelerator workloads, other than Comptroller's own kinds, where no"
              + " policy governs: ${COMPLETION-CANDIDATES}.")
  Ungoverned ungoverned = Ungoverned.Warn;

  @Option(
      names = "--opa",
      description = "The opa program, which compiles rules; default OPA or the PATH.")
  Optional<String> opa = Optional.empty();

  /** Every name the serving certificate has to cover. */
  Set<String> certificateNames() {
    Set<String> all = new TreeSet<>(names);
    all.add(service + "." + namespace + ".svc");
    return all;
  }

  /** How long what is made here lasts. */
  Lifetimes lifetimes() {
    return new Lifetimes(authorityLifetime, servingLifetime, propagation);
  }

  @Override
  public String toString() {
    return "host=%s port=%d health-port=%d tls=%s tls-dir=%s tls-secret=%s namespace=%s service=%s"
            .formatted(
                host,
                port,
                healthPort,
                tls,
                tlsDirectory.map(Path::toString).orElse("none"),
                tlsSecret,
                namespace,
                service)
        + " names=%s configuration=%s client-ca=%s client-names=%s timeout=%s workers=%d"
            .formatted(
                certificateNames(),
                configuration.orElse("none"),
                clientAuthority.map(Path::toString).orElse("none"),
                clientNames,
                timeout,
                workers)
        + " drain=%s grace=%s ungoverned=%s controllers=%s opa=%s"
            .formatted(
                drain,
                grace,
                ungoverned,
                controllers.map(Path::toString).orElse("none"),
                opa.orElse("default"));
  }
}
