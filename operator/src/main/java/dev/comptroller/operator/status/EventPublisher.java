package dev.comptroller.operator.status;

import dev.comptroller.api.v1alpha1.StatusCondition;
import dev.comptroller.core.object.Digest;
import dev.comptroller.core.object.KubernetesObject;
import io.fabric8.kubernetes.api.model.MicroTime;
import io.fabric8.kubernetes.api.model.ObjectReferenceBuilder;
import io.fabric8.kubernetes.api.model.events.v1.EventBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.time.Clock;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells people about changes of conditions. An event's name is made from what it says, so saying it
 * again writes nothing; losing one loses no truth.
 */
public final class EventPublisher {
  private static final Logger LOG = LoggerFactory.getLogger(EventPublisher.class);
  private static final DateTimeFormatter MICROSECONDS =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSSSS'Z'").withZone(ZoneOffset.UTC);
  private static final int LONGEST_NOTE = 1000;
  private static final List<String> TOLD =
      List.of("Admitted", "SecretsReady", "Completed", "Ready");

  private final KubernetesClient client;
  private final Clock clock;
  private final String instance;

  /**
   * A publisher.
   *
   * @param instance who reports, such as the pod's name
   */
  public EventPublisher(KubernetesClient client, Clock clock, String instance) {
    this.client = client;
    this.clock = clock;
    this.instance = instance;
  }

  /** Publishes an event for each condition that is to be told. */
  public void publishChanges(
      KubernetesObject about, List<StatusCondition> before, List<StatusCondition> after) {
    toTell(before, after).forEach(condition -> publish(about, condition));
  }

  /**
   * Conditions whose status or reason differs from before, but for what nobody waits to hear: that
   * secrets are there which were never missing, and the same news twice.
   */
  static List<StatusCondition> toTell(List<StatusCondition> before, List<StatusCondition> after) {
    Set<List<String>> news = new HashSet<>();
    return after.stream()
        .filter(condition -> TOLD.contains(condition.type()))
        .filter(condition -> !condition.status().equals(Observation.Truth.UNKNOWN.text()))
        .filter(condition -> isNew(Conditions.find(before, condition.type()), condition))
        .filter(condition -> news.add(List.of(condition.reason(), condition.message())))
        .toList();
  }

  private static boolean isNew(Optional<StatusCondition> before, StatusCondition condition) {
    if (condition.type().equals("SecretsReady")
        && condition.status().equals(Observation.Truth.TRUE.text())) {
      return before.filter(old -> old.status().equals(Observation.Truth.FALSE.text())).isPresent();
    }
    return before
        .filter(old -> old.reason().equals(condition.reason()))
        .filter(old -> old.status().equals(condition.status()))
        .isEmpty();
  }

  private void publish(KubernetesObject about, StatusCondition condition) {
    String said = about.uid() + condition.type() + condition.reason() + condition.message();
    String name = about.name() + "." + Digest.of(said).hex().substring(0, 16);
    boolean good = condition.status().equals(Observation.Truth.TRUE.text());
    try {
      client
          .events()
          .v1()
          .events()
          .inNamespace(about.namespace())
          .resource(
              new EventBuilder()
                  .withNewMetadata()
                  .withName(name)
                  .withNamespace(about.namespace())
                  .endMetadata()
                  .withEventTime(new MicroTime(MICROSECONDS.format(clock.instant())))
                  .withReportingController("comptroller.dev/operator")
                  .withReportingInstance(instance)
                  .withAction(condition.type())
                  .withReason(condition.reason())
                  .withType(good ? "Normal" : "Warning")
                  .withNote(shortened(condition.message()))
                  .withRegarding(
                      new ObjectReferenceBuilder()
                          .withApiVersion(about.apiVersion())
                          .withKind(about.kind())
                          .withNamespace(about.namespace())
                          .withName(about.name())
                          .withUid(about.uid())
                          .build())
                  .build())
          .create();
    } catch (KubernetesClientException e) {
      if (e.getCode() != HttpURLConnection.HTTP_CONFLICT) {
        LOG.warn("event=event-lost object={} code={}", about.key(), e.getCode());
      }
    }
  }

  private static String shortened(String note) {
    return note.length() <= LONGEST_NOTE ? note : note.substring(0, LONGEST_NOTE) + "...";
  }
}
