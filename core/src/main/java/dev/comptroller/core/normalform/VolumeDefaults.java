package dev.comptroller.core.normalform;

import static dev.comptroller.core.normalform.Elements.fill;
import static dev.comptroller.core.normalform.Elements.object;
import static dev.comptroller.core.normalform.Elements.objects;
import static dev.comptroller.core.normalform.Elements.required;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** What the API server fills into volumes and volume claims. */
final class VolumeDefaults {
  private static final int READABLE = 0644;

  private VolumeDefaults() {}

  static void fillIn(ObjectNode volume) {
    if (volume.size() <= 1) {
      required(volume, "emptyDir");
    }
    object(volume, "emptyDir").forEach(directory -> Quantities.member(directory, "sizeLimit"));
    object(volume, "hostPath").forEach(path -> fill(path, "type", ""));
    object(volume, "secret").forEach(secret -> fill(secret, "defaultMode", READABLE));
    object(volume, "configMap").forEach(map -> fill(map, "defaultMode", READABLE));
    object(volume, "image")
        .forEach(image -> Images.fillPullPolicy(image, "reference", "pullPolicy"));
    for (ObjectNode downward : object(volume, "downwardAPI")) {
      fill(downward, "defaultMode", READABLE);
      objects(downward.path("items")).forEach(ContainerDefaults::source);
    }
    object(volume, "projected").forEach(VolumeDefaults::projected);
    for (ObjectNode ephemeral : object(volume, "ephemeral")) {
      object(ephemeral, "volumeClaimTemplate").forEach(VolumeDefaults::claimTemplate);
    }
    network(volume);
  }

  /** A claim that a pod or a StatefulSet makes for itself. */
  static void claimTemplate(ObjectNode claim) {
    required(claim, "metadata");
    for (ObjectNode spec : object(claim, "spec")) {
      fill(spec, "volumeMode", "Filesystem");
      required(spec, "resources").forEach(Quantities::resources);
    }
  }

  private static void projected(ObjectNode projected) {
    fill(projected, "defaultMode", READABLE);
    for (ObjectNode source : objects(projected.path("sources"))) {
      object(source, "serviceAccountToken")
          .forEach(token -> fill(token, "expirationSeconds", 3600));
      for (ObjectNode downward : object(source, "downwardAPI")) {
        objects(downward.path("items")).forEach(ContainerDefaults::source);
      }
    }
  }

  private static void network(ObjectNode volume) {
    object(volume, "iscsi").forEach(iscsi -> fill(iscsi, "iscsiInterface", "default"));
    for (ObjectNode rbd : object(volume, "rbd")) {
      fill(rbd, "pool", "rbd");
      fill(rbd, "user", "admin");
      fill(rbd, "keyring", "/etc/ceph/keyring");
    }
    for (ObjectNode disk : object(volume, "azureDisk")) {
      fill(disk, "cachingMode", "ReadWrite");
      fill(disk, "fsType", "ext4");
      fill(disk, "kind", "Shared");
    }
    for (ObjectNode scale : object(volume, "scaleIO")) {
      fill(scale, "storageMode", "ThinProvisioned");
      fill(scale, "fsType", "xfs");
    }
  }
}
