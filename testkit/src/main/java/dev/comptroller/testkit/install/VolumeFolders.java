package dev.comptroller.testkit.install;

import dev.comptroller.testkit.ControlPlane;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.KeyToPath;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.ServiceAccountTokenProjection;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.VolumeProjection;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The volumes of a pod as local folders. A local process sees other paths than a container would,
 * so paths below a mount are rewritten where the pod's arguments and environment name them.
 */
final class VolumeFolders {
  private static final String SHARED_WITH_HOST = "/tmp";
  private static final Duration TOKEN_LIFETIME = Duration.ofHours(24);

  private final ControlPlane controlPlane;
  private final String namespace;
  private final String serviceAccount;
  private final Path folder;

  VolumeFolders(ControlPlane controlPlane, String namespace, String serviceAccount, Path folder) {
    this.controlPlane = controlPlane;
    this.namespace = namespace;
    this.serviceAccount = serviceAccount;
    this.folder = folder;
  }

  /** Fills a folder for each mount; the result maps mount paths to folders. */
  Map<String, Path> materialise(List<Volume> volumes, List<VolumeMount> mounts) {
    Map<String, Volume> byName =
        volumes.stream().collect(Collectors.toMap(Volume::getName, volume -> volume));
    Map<String, Path> folders = new HashMap<>();
    for (VolumeMount mount : mounts) {
      if (mount.getMountPath().equals(SHARED_WITH_HOST)) {
        continue;
      }
      Volume volume = byName.get(mount.getName());
      if (volume == null) {
        throw new IllegalStateException("No volume is named " + mount.getName());
      }
      Path target = folder.resolve(volume.getName());
      try {
        Files.createDirectories(target);
        for (Map.Entry<String, byte[]> file : files(volume).entrySet()) {
          Path path = target.resolve(file.getKey());
          Files.createDirectories(path.getParent());
          Files.write(path, file.getValue());
        }
      } catch (IOException e) {
        throw new UncheckedIOException("Cannot write volume " + volume.getName(), e);
      }
      folders.put(mount.getMountPath(), target);
    }
    return folders;
  }

  /** Replaces mount paths by the folders that stand for them. */
  static String rewrite(String text, Map<String, Path> folders) {
    String rewritten = text;
    for (Map.Entry<String, Path> folder : folders.entrySet()) {
      rewritten =
          rewritten.replaceAll(
              "(?<![\\w/.-])" + Pattern.quote(folder.getKey()) + "(?=/|$|[,:])",
              Matcher.quoteReplacement(folder.getValue().toString()));
    }
    return rewritten;
  }

  private Map<String, byte[]> files(Volume volume) {
    if (volume.getEmptyDir() != null) {
      return Map.of();
    }
    if (volume.getConfigMap() != null) {
      return configMap(
          volume.getConfigMap().getName(),
          volume.getConfigMap().getItems(),
          volume.getConfigMap().getOptional());
    }
    if (volume.getSecret() != null) {
      return secret(
          volume.getSecret().getSecretName(),
          volume.getSecret().getItems(),
          volume.getSecret().getOptional());
    }
    if (volume.getProjected() != null) {
      Map<String, byte[]> files = new HashMap<>();
      volume.getProjected().getSources().forEach(source -> files.putAll(projected(source)));
      return files;
    }
    throw new IllegalStateException(
        "Volume "
            + volume.getName()
            + " is of a type that has no local form; there are configMap, secret, projected,"
            + " emptyDir");
  }

  private Map<String, byte[]> projected(VolumeProjection source) {
    if (source.getConfigMap() != null) {
      return configMap(
          source.getConfigMap().getName(),
          source.getConfigMap().getItems(),
          source.getConfigMap().getOptional());
    }
    if (source.getSecret() != null) {
      return secret(
          source.getSecret().getName(),
          source.getSecret().getItems(),
          source.getSecret().getOptional());
    }
    ServiceAccountTokenProjection token = source.getServiceAccountToken();
    if (token != null && token.getAudience() == null) {
      return Map.of(
          token.getPath(),
          controlPlane
              .token(namespace, serviceAccount, TOKEN_LIFETIME)
              .getBytes(StandardCharsets.UTF_8));
    }
    throw new IllegalStateException(
        "A projected source has no local form; there are configMap, secret, serviceAccountToken");
  }

  private Map<String, byte[]> configMap(
      String name, List<KeyToPath> items, @Nullable Boolean optional) {
    KubernetesClient admin = controlPlane.admin();
    ConfigMap found = admin.configMaps().inNamespace(namespace).withName(name).get();
    if (found == null) {
      return absent("ConfigMap", name, optional);
    }
    Map<String, byte[]> data = new HashMap<>();
    found.getData().forEach((key, value) -> data.put(key, value.getBytes(StandardCharsets.UTF_8)));
    found.getBinaryData().forEach((key, value) -> data.put(key, decode(value)));
    return select(data, items);
  }

  private Map<String, byte[]> secret(
      String name, List<KeyToPath> items, @Nullable Boolean optional) {
    KubernetesClient admin = controlPlane.admin();
    Secret found = admin.secrets().inNamespace(namespace).withName(name).get();
    if (found == null) {
      return absent("Secret", name, optional);
    }
    Map<String, byte[]> data = new HashMap<>();
    found.getData().forEach((key, value) -> data.put(key, decode(value)));
    return select(data, items);
  }

  private static byte[] decode(String base64) {
    return Base64.getDecoder().decode(base64);
  }

  private Map<String, byte[]> absent(String kind, String name, @Nullable Boolean optional) {
    if (Boolean.TRUE.equals(optional)) {
      return Map.of();
    }
    throw new IllegalStateException(
        kind + " " + namespace + "/" + name + " is to be mounted and does not exist");
  }

  private static Map<String, byte[]> select(Map<String, byte[]> data, List<KeyToPath> items) {
    if (items.isEmpty()) {
      return data;
    }
    Map<String, byte[]> selected = new HashMap<>();
    for (KeyToPath item : items) {
      byte[] content = data.get(item.getKey());
      if (content == null) {
        throw new IllegalStateException("Key " + item.getKey() + " is to be mounted and missing");
      }
      selected.put(item.getPath(), content);
    }
    return selected;
  }
}
