package dev.comptroller.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How much compute needs which approvals. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record Compute(
    @JsonPropertyDescription(
            "Time over which an endpoint without an end is priced, such as 720h; 720h where absent.")
        @Size(min = 2, max = 8)
        @Pattern(Formats.DURATION)
        @Nullable String servingWindow,
    @JsonPropertyDescription(
            "What becomes of our own kinds whose approval is missing; Deny where absent.")
        @Nullable WhenUnapproved whenUnapproved,
    @JsonPropertyDescription("Ranges of GPU-hours, ascending; what exceeds the last is refused.")
        @Required
        @Size(min = 1, max = 16)
        @ValidationRule(
            value = "self.all(a, self.exists_one(b, b.name == a.name))",
            message = "tiers must have different names: rename one of them")
        @ValidationRule(
            value =
                "self.map(t, double(t.upTo)).isSorted() && self.all(a, self.exists_one(b, double(b.upTo) == double(a.upTo)))",
            message = "tiers must ascend by upTo: order them, each above the one before")
        List<Tier> tiers) {
  public Compute {
    tiers = tiers == null ? List.of() : List.copyOf(tiers);
  }
}
