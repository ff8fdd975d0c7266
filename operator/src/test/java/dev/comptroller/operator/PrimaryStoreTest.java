package dev.comptroller.operator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.comptroller.api.v1alpha1.TrainingRun;
import dev.comptroller.cluster.CompactStore;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ManagedFieldsEntryBuilder;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What the caches of the operator hold of an object. */
class PrimaryStoreTest {
  private static final ObjectMeta METADATA =
      new ObjectMetaBuilder()
          .withNamespace("nlp")
          .withName("sft")
          .withResourceVersion("42")
          .addToManagedFields(new ManagedFieldsEntryBuilder().withManager("kubectl").build())
          .build();

  @Test
  void a_run_is_held_without_the_record_of_who_manages_its_fields() {
    PrimaryStore<TrainingRun> store = new PrimaryStore<>();
    TrainingRun run = new TrainingRun();
    run.setMetadata(new ObjectMetaBuilder(METADATA).build());

    store.put("nlp/sft", run);

    isWithoutManagedFields(store.get("nlp/sft"));
  }

  @Test
  void what_is_owned_is_held_without_it_too() {
    CompactStore store = new CompactStore();
    GenericKubernetesResource job = new GenericKubernetesResource();
    job.setMetadata(new ObjectMetaBuilder(METADATA).build());

    store.put("nlp/sft", job);

    isWithoutManagedFields(store.get("nlp/sft"));
  }

  private static void isWithoutManagedFields(@Nullable HasMetadata held) {
    ObjectMeta metadata = Objects.requireNonNull(held).getMetadata();
    assertThat(metadata.getManagedFields()).isNullOrEmpty();
    assertThat(metadata.getResourceVersion()).isEqualTo("42");
  }
}
