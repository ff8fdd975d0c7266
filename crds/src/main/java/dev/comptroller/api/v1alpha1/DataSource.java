package dev.comptroller.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import org.jspecify.annotations.Nullable;

/** A data set at one point in time. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record DataSource(
    @JsonPropertyDescription("Name of the data set within the run.")
        @Required
        @Size(min = 1, max = 63)
        @Pattern(Formats.DNS_LABEL)
        String name,
    @JsonPropertyDescription("Where the data is, such as s3://bucket/path.")
        @Required
        @Size(min = 1, max = 1024)
        @Pattern(Formats.URI)
        String uri,
    @JsonPropertyDescription("Digest of the data at this point in time.")
        @Required
        @Size(min = 71, max = 71)
        @Pattern(Formats.DIGEST)
        String digest,
    @JsonPropertyDescription("What the data is used for; Training where absent.")
        @Nullable Role role,
    @JsonPropertyDescription("Confidentiality class of the organization.")
        @Size(min = 1, max = 63)
        @Pattern(Formats.LABEL_VALUE)
        @Nullable String classification) {
  /** What a data set is used for. */
  public enum Role {
    Training,
    Validation,
    Test
  }
}
