package dev.comptroller.operator.wiring;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.comptroller.api.v1alpha1.Api;
import dev.comptroller.core.object.Digest;
import dev.comptroller.core.object.KubernetesObject;
import dev.comptroller.core.object.OwnerReference;
import dev.comptroller.operator.status.Refusal;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.net.HttpURLConnection;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes objects by server-side apply under the one field manager of the operator, and only when
 * something differs.
 */
public final class ServerSideApply {
  /** Field manager of everything the operator writes. */
  public static final String FIELD_MANAGER = "comptroller";

  /**
   * Digest of the object as it was last applied: tells fields that we no longer want from fields we
   * never wrote.
   */
  private static final String APPLIED = Api.GROUP + "/applied";

  /** With this version an apply creates, and conflicts where an object of the name exists. */
  private static final String CREATE_ONLY = "1";

  private static final Logger LOG = LoggerFactory.getLogger(ServerSideApply.class);
  private final KubernetesClient client;
  private final ObjectMapper mapper = new ObjectMapper();

  public ServerSideApply(KubernetesClient client) {
    this.client = client;
  }

  /**
   * Makes the cluster hold what is desired.
   *
   * @param desired holds only our fields, and a controller reference
   * @param cached the object as a cache last saw it
   * @return the object as it is after the write, or as it was where none was needed
   * @throws RefusedException if an object of that name belongs to somebody else, or the API server
   *     refuses the write
   */
  public KubernetesObject apply(KubernetesObject desired, Optional<KubernetesObject> cached) {
    ObjectNode stamped = stamped(desired);
    if (cached.isPresent()) {
      return update(desired, stamped, cached.get());
    }
    try {
      return write(withResourceVersion(stamped, CREATE_ONLY));
    } catch (KubernetesClientException e) {
      if (e.getCode() != HttpURLConnection.HTTP_CONFLICT) {
        throw e;
      }
      // The cache lags behind our own earlier write, or the name is taken: only the server knows.
      GenericKubernetesResource live = resource(stamped).get();
      if (live == null) {
        throw e;
      }
      return update(desired, stamped, Objects.of(live));
    }
  }

  /** Deletes an object that is no longer wanted; its children go with it. */
  public void delete(KubernetesObject object) {
    LOG.info("event=delete object={}", object.key());
    resource(object.json()).delete();
  }

  /** Sets these fields of the spec of an object that exists, and no other. */
  void patchSpec(KubernetesObject object, ObjectNode fields) {
    LOG.info("event=patch object={} spec={}", object.key(), fields);
    ObjectNode patch = mapper.createObjectNode();
    patch.set("spec", fields);
    RefusedException.orResult(
        () ->
            resource(object.json())
                .patch(
                    new PatchContext.Builder()
                        .withPatchType(PatchType.JSON_MERGE)
                        .withFieldManager(FIELD_MANAGER)
                        .build(),
                    patch.toString()));
  }

  private KubernetesObject update(
      KubernetesObject desired, ObjectNode stamped, KubernetesObject actual) {
    if (!sameController(desired, actual)) {
      throw new RefusedException(
          new Refusal(
              "NameTaken",
              actual.key()
                  + " exists and is not ours: delete it, or give the workload another name"));
    }
    return Coverage.covers(actual.json(), stamped) ? actual : write(stamped);
  }

  private KubernetesObject write(ObjectNode body) {
    GenericKubernetesResource written =
        RefusedException.orResult(
            () ->
                client
                    .resource(generic(body))
                    .fieldManager(FIELD_MANAGER)
                    .forceConflicts()
                    .serverSideApply());
    KubernetesObject result = Objects.of(written);
    LOG.info("event=apply object={} generation={}", result.key(), result.generation());
    return result;
  }

  private Resource<GenericKubernetesResource> resource(JsonNode body) {
    return client.resource(generic(body));
  }

  private GenericKubernetesResource generic(JsonNode body) {
    return mapper.convertValue(body, GenericKubernetesResource.class);
  }

  private static boolean sameController(KubernetesObject desired, KubernetesObject actual) {
    Optional<String> wanted = desired.controller().map(OwnerReference::uid);
    return wanted.isPresent() && wanted.equals(actual.controller().map(OwnerReference::uid));
  }

  private static ObjectNode stamped(KubernetesObject desired) {
    ObjectNode copy = desired.json().deepCopy();
    copy.withObject("/metadata/annotations").put(APPLIED, Digest.of(copy.toString()).value());
    return copy;
  }

  private static ObjectNode withResourceVersion(ObjectNode body, String version) {
    ObjectNode copy = body.deepCopy();
    copy.withObject("/metadata").put("resourceVersion", version);
    return copy;
  }
}
