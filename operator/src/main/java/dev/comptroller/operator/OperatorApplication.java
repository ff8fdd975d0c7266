package dev.comptroller.operator;

import dev.comptroller.api.v1alpha1.Api;
import dev.comptroller.cluster.ControllerIdentitiesReader;
import dev.comptroller.cluster.InformerClusterView;
import dev.comptroller.cluster.rego.OpaRuleEvaluator;
import dev.comptroller.cluster.rego.PreparedRules;
import dev.comptroller.core.derivation.Wiring;
import dev.comptroller.core.governor.Governor;
import dev.comptroller.core.policy.RuleEvaluator;
import dev.comptroller.operator.approval.ApprovalReconciler;
import dev.comptroller.operator.judgement.Judge;
import dev.comptroller.operator.modeldeployment.ModelDeploymentReconciler;
import dev.comptroller.operator.policy.GovernancePolicyReconciler;
import dev.comptroller.operator.status.EventPublisher;
import dev.comptroller.operator.trainingrun.TrainingRunReconciler;
import dev.comptroller.operator.wiring.MonitoringApis;
import dev.comptroller.operator.wiring.Secrets;
import dev.comptroller.operator.wiring.ServerSideApply;
import dev.comptroller.operator.wiring.Wirer;
import dev.comptroller.operator.workload.Collaborators;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.extended.leaderelection.LeaderCallbacks;
import io.javaoperatorsdk.operator.Operator;
import io.javaoperatorsdk.operator.api.config.ControllerConfigurationOverrider;
import io.javaoperatorsdk.operator.api.config.LeaderElectionConfigurationBuilder;
import io.javaoperatorsdk.operator.api.monitoring.Metrics;
import io.javaoperatorsdk.operator.monitoring.micrometer.MicrometerMetrics;
import io.javaoperatorsdk.operator.processing.event.source.filter.OnUpdateFilter;
import io.javaoperatorsdk.operator.processing.retry.GenericRetry;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Clock;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The operator, put together and running. */
final class OperatorApplication implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(OperatorApplication.class);
  private static final String LEASE = "comptroller-operator";

  /** A dependency that stays away for minutes must not keep us away for hours. */
  private static final Duration LONGEST_RETRY = Duration.ofMinutes(1);

  /** Repairs what no event told. */
  private static final Duration RESYNC = Duration.ofMinutes(10);

  /** Shorter than a lease lasts that is no longer renewed: nobody else leads before it is over. */
  private static final Duration DRAIN = Duration.ofSeconds(10);

  /** Of an API server to take back the lease; without an answer the lease runs out by itself. */
  private static final Duration RELEASE = Duration.ofSeconds(5);

  private final KubernetesClient client;
  private final InformerClusterView cluster;
  private final MonitoringApis monitoring;
  private final Operator operator;
  private final HealthServer health;
  private final LeaderLease lease;
  private final Clock clock;
  private final CountDownLatch ended;

  private OperatorApplication(
      KubernetesClient client,
      InformerClusterView cluster,
      MonitoringApis monitoring,
      Operator operator,
      HealthServer health,
      LeaderLease lease,
      Clock clock,
      CountDownLatch ended) {
    this.client = client;
    this.cluster = cluster;
    this.monitoring = monitoring;
    this.operator = operator;
    this.health = health;
    this.lease = lease;
    this.clock = clock;
    this.ended = ended;
  }

  /**
   * Starts the operator; returns when it reconciles or waits for the leader's lease.
   *
   * @throws IOException if a file cannot be read or the port is taken
   */
  static OperatorApplication start(OperatorSettings settings, Clock clock) throws IOException {
    LOG.info("event=start settings={}", settings);
    KubernetesClient client = new KubernetesClientBuilder().build();
    RuleEvaluator rules = new OpaRuleEvaluator(Optional.of(settings.opa().toString()));
    InformerClusterView cluster =
        new InformerClusterView(
            client,
            ControllerIdentitiesReader.read(
                settings.controllers().toString(), Files.readString(settings.controllers())));
    PreparedRules.start(cluster, rules);
    MonitoringApis monitoring = new MonitoringApis(client);
    PrometheusMeterRegistry metrics = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    String instance = instance();
    CountDownLatch ended = new CountDownLatch(1);
    Operator operator = operator(client, settings, metrics, instance, ended);
    EventPublisher events = new EventPublisher(client, clock, instance);
    register(operator, client, cluster, monitoring, rules, events, settings, clock);

    HealthServer health =
        new HealthServer(
            settings.port(), metrics, () -> true, () -> cluster.synced() && started(operator));
    OperatorApplication application =
        new OperatorApplication(
            client,
            cluster,
            monitoring,
            operator,
            health,
            new LeaderLease(settings.namespace(), LEASE, instance),
            clock,
            ended);
    Runtime.getRuntime().addShutdownHook(new Thread(application::closeInTime, "shutdown"));
    operator.start();
    LOG.info("event=started port={}", health.port());
    return application;
  }

  /** Waits until the operator is closed. */
  void awaitTermination() throws InterruptedException {
    ended.await();
  }

  /** Closes, and waits for it no longer than it may take. */
  private void closeInTime() {
    Thread closing = Thread.ofPlatform().daemon().name("close").start(this::close);
    try {
      closing.join(DRAIN.plus(RELEASE));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Finishes what is under way, then lets another replica lead. */
  @Override
  public void close() {
    if (ended.getCount() == 0) {
      return;
    }
    ended.countDown();
    LOG.info("event=stop");
    operator.stop();
    try {
      lease.release(client, ZonedDateTime.now(clock));
    } catch (KubernetesClientException e) {
      LOG.warn("event=lease-kept reason={}", e.getMessage());
    }
    health.close();
    monitoring.close();
    cluster.close();
    client.close();
  }

  private static Operator operator(
      KubernetesClient client,
      OperatorSettings settings,
      PrometheusMeterRegistry registry,
      String instance,
      CountDownLatch ended) {
    Metrics metrics = MicrometerMetrics.withoutPerResourceMetrics(registry);
    return new Operator(
        configuration -> {
          configuration
              .withKubernetesClient(client)
              .withCloseClientOnStop(false)
              .withMetrics(metrics)
              .checkingCRDAndValidateLocalModel(true)
              .withUseSSAToPatchPrimaryResource(true)
              .withReconciliationTerminationTimeout(DRAIN);
          if (settings.leaderElection()) {
            configuration.withLeaderElectionConfiguration(
                LeaderElectionConfigurationBuilder.aLeaderElectionConfiguration(LEASE)
                    .withLeaseNamespace(settings.namespace())
                    .withIdentity(instance)
                    .withExitOnStopLeading(false)
                    .withLeaderCallbacks(
                        new LeaderCallbacks(() -> {}, () -> stoppedLeading(ended), leader -> {}))
                    .build());
          }
        });
  }

  /** Who has lost the lease ends at once: another replica may lead already. */
  private static void stoppedLeading(CountDownLatch ended) {
    if (ended.getCount() > 0) {
      LOG.error("event=lease-lost");
      Runtime.getRuntime().halt(1);
    }
  }

  private static void register(
      Operator operator,
      KubernetesClient client,
      InformerClusterView cluster,
      MonitoringApis monitoring,
      RuleEvaluator rules,
      EventPublisher events,
      OperatorSettings settings,
      Clock clock) {
    Judge judge = new Judge(new Governor(rules), cluster, clock, cluster::onChange);
    Wirer wirer = new Wirer(new ServerSideApply(client), monitoring);
    Secrets secrets = new Secrets(client, settings.secretNamespaces());
    Wiring wiring = new Wiring(settings.prometheusNamespace(), settings.monitoringLabels());
    Collaborators with = new Collaborators(judge, wirer, secrets, monitoring, events, wiring);
    operator.register(new TrainingRunReconciler(with), OperatorApplication::configure);
    operator.register(new ModelDeploymentReconciler(with), OperatorApplication::configure);
    operator.register(new GovernancePolicyReconciler(rules, clock), OperatorApplication::configure);
    operator.register(
        new ApprovalReconciler(cluster, clock, cluster::onChange), OperatorApplication::configure);
  }

  private static <P extends HasMetadata> void configure(
      ControllerConfigurationOverrider<P> configuration) {
    configuration
        .withFieldManager(ServerSideApply.FIELD_MANAGER)
        .withItemStore(new PrimaryStore<>())
        .withGenerationAware(false)
        .withOnUpdateFilter(matters())
        .withReconciliationMaxInterval(RESYNC)
        .withRetry(
            new GenericRetry()
                .setInitialInterval(Duration.ofSeconds(1))
                .setIntervalMultiplier(2)
                .setMaxInterval(LONGEST_RETRY.toMillis())
                .withoutMaxAttempts());
  }

  /** A new spec, the begin of deletion, or other signatures; not our own status. */
  private static <P extends HasMetadata> OnUpdateFilter<P> matters() {
    return (after, before) ->
        !Objects.equals(after.getMetadata().getGeneration(), before.getMetadata().getGeneration())
            || after.isMarkedForDeletion() != before.isMarkedForDeletion()
            || !signatures(after).equals(signatures(before));
  }

  private static Map<String, String> signatures(HasMetadata resource) {
    Map<String, String> annotations = resource.getMetadata().getAnnotations();
    return annotations == null
        ? Map.of()
        : annotations.entrySet().stream()
            .filter(entry -> entry.getKey().startsWith(Api.SIGNATURE_ANNOTATION))
            .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
  }

  /** Ready also while another replica leads: a standby that is not ready would block roll-outs. */
  private static boolean started(Operator operator) {
    return operator.getRuntimeInfo().isStarted();
  }

  /** The name of this replica, which no other has: by it the leader is told from the others. */
  private static String instance() {
    return Optional.ofNullable(System.getenv("POD_NAME"))
        .orElseGet(() -> "comptroller-operator-" + UUID.randomUUID());
  }
}
