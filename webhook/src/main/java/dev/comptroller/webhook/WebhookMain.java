package dev.comptroller.webhook;

import dev.comptroller.cluster.ControllerIdentitiesReader;
import dev.comptroller.cluster.InformerClusterView;
import dev.comptroller.cluster.rego.OpaRuleEvaluator;
import dev.comptroller.cluster.rego.PreparedRules;
import dev.comptroller.core.derivation.ControllerIdentities;
import dev.comptroller.core.governor.Governor;
import dev.comptroller.core.policy.RuleEvaluator;
import dev.comptroller.webhook.server.ClientNames;
import dev.comptroller.webhook.tls.CertificateSource;
import dev.comptroller.webhook.tls.Lifetimes;
import dev.comptroller.webhook.tls.MountedCertificate;
import dev.comptroller.webhook.tls.SelfIssuedCertificate;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Starts the webhook, and stops it in order when it is told to. */
@Command(
    name = "comptroller-webhook",
    description = "Answers the API server's admission reviews.",
    subcommands = InstallationCheck.class,
    mixinStandardHelpOptions = true)
public final class WebhookMain implements Callable<Integer> {
  private static final Logger LOG = LoggerFactory.getLogger(WebhookMain.class);

  @Mixin WebhookOptions options = new WebhookOptions();
  @Spec CommandSpec command = CommandSpec.create();

  /** The process; its arguments are described by {@code --help}. */
  public static void main(String[] arguments) {
    int status =
        new CommandLine(new WebhookMain())
            .setExecutionExceptionHandler(
                (failure, command, parsed) -> {
                  command.getErr().println("comptroller-webhook: " + failure.getMessage());
                  return command.getCommandSpec().exitCodeOnExecutionException();
                })
            .execute(arguments);
    if (status != 0) {
      System.exit(status);
    }
  }

  @Override
  public Integer call() throws Exception {
    LOG.info("event=starting {}", options);
    Clock clock = Clock.systemUTC();
    KubernetesClient client = new KubernetesClientBuilder().build();
    RuleEvaluator rules = new OpaRuleEvaluator(options.opa);
    InformerClusterView cluster = new InformerClusterView(client, identities());
    PreparedRules prepared = PreparedRules.start(cluster, rules);
    Governor governor = new Governor(rules, options.ungoverned);
    WebhookProcess process =
        WebhookProcess.start(
            options,
            source(client),
            clients(),
            Map.of("policies, classes and approvals", cluster::synced, "rules", prepared::prepared),
            review -> governor.review(review, cluster, clock.instant()),
            clock,
            lifetimes().checkInterval());
    CountDownLatch stopped = new CountDownLatch(1);
    Runtime.getRuntime()
        .addShutdownHook(new Thread(() -> stop(process, cluster, client, stopped), "shutdown"));
    stopped.await();
    return 0;
  }

  private static void stop(
      WebhookProcess process,
      InformerClusterView cluster,
      KubernetesClient client,
      CountDownLatch stopped) {
    try {
      process.stop();
    } catch (Exception e) {
      LOG.error("event=stop-failed exception={}", e.getClass().getName());
    } finally {
      cluster.close();
      client.close();
      stopped.countDown();
    }
  }

  private CertificateSource source(KubernetesClient client) {
    return switch (options.tls) {
      case files ->
          new MountedCertificate(
              options.tlsDirectory.orElseThrow(
                  () -> wrong("--tls=files: found no --tls-dir, required its directory")));
      case self ->
          new SelfIssuedCertificate(
              client,
              options.namespace,
              options.tlsSecret,
              options.configuration,
              options.certificateNames(),
              lifetimes());
    };
  }

  private Lifetimes lifetimes() {
    try {
      return options.lifetimes();
    } catch (IllegalArgumentException e) {
      throw wrong(String.valueOf(e.getMessage()));
    }
  }

  private Optional<ClientNames> clients() {
    return options.clientAuthority.map(
        file -> new ClientNames(read("--client-ca", file), options.clientNames));
  }

  private ControllerIdentities identities() {
    return options
        .controllers
        .map(file -> ControllerIdentitiesReader.read(file.toString(), read("--controllers", file)))
        .orElseGet(ControllerIdentitiesReader::defaults);
  }

  private String read(String option, Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw wrong(option + ": " + file + " cannot be read");
    }
  }

  private ParameterException wrong(String message) {
    return new ParameterException(command.commandLine(), message);
  }
}
