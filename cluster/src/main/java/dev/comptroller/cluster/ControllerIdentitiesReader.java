package dev.comptroller.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import dev.comptroller.core.derivation.ControllerIdentities;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Reads which users create the children of which kinds, as the chart writes it: a map from {@code
 * group/Kind} (the core group without slash) to a list of user names.
 */
public final class ControllerIdentitiesReader {
  private static final Pattern KIND = Pattern.compile("([a-z0-9.-]+/)?[A-Z][A-Za-z0-9]*");
  private static final String EVERY_CONTROLLER = "system:kube-controller-manager";
  private static final Map<String, String> CONTROLLERS =
      Map.of(
          "batch/Job", "job-controller",
          "batch/CronJob", "cronjob-controller",
          "apps/Deployment", "deployment-controller",
          "apps/ReplicaSet", "replicaset-controller",
          "apps/StatefulSet", "statefulset-controller",
          "apps/DaemonSet", "daemon-set-controller",
          "ReplicationController", "replication-controller");

  private ControllerIdentitiesReader() {}

  /**
   * What a cluster has unless somebody changed it: the controller manager's ServiceAccounts, and
   * its own name for clusters where controllers share it. Comptroller's own kinds have no
   * controller until one is named.
   */
  public static ControllerIdentities defaults() {
    Map<String, Set<String>> users = new HashMap<>();
    CONTROLLERS.forEach(
        (kind, controller) ->
            users.put(
                kind, Set.of("system:serviceaccount:kube-system:" + controller, EVERY_CONTROLLER)));
    return new ControllerIdentities(users);
  }

  /**
   * Reads the setting.
   *
   * @param source what to call it in messages
   * @throws InvalidManifestException if it is no map of kinds to lists of user names
   */
  public static ControllerIdentities read(String source, String text) {
    Map<String, Set<String>> users = new HashMap<>();
    ManifestReader.map(source, text)
        .properties()
        .forEach(entry -> users.put(kind(source, entry.getKey()), names(source, entry)));
    return new ControllerIdentities(users);
  }

  private static String kind(String source, String key) {
    if (!KIND.matcher(key).matches()) {
      throw new InvalidManifestException(
          source, "found the key " + key + ", required group/Kind such as batch/Job, or Pod");
    }
    return key;
  }

  private static Set<String> names(String source, Map.Entry<String, JsonNode> entry) {
    Set<String> names = new LinkedHashSet<>();
    for (JsonNode name : entry.getValue()) {
      if (!name.isTextual() || name.textValue().isBlank()) {
        throw new InvalidManifestException(
            source, entry.getKey() + ": found a name that is no text, required user names");
      }
      names.add(name.textValue());
    }
    if (names.isEmpty()) {
      throw new InvalidManifestException(
          source, entry.getKey() + ": found no list of names, required at least one user name");
    }
    return Set.copyOf(names);
  }
}
