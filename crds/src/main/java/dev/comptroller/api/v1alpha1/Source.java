package dev.comptroller.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import org.jspecify.annotations.Nullable;

/** Where the training code is: a repository at one commit. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record Source(
    @JsonPropertyDescription("URL of the git repository, such as https://git.example.com/nlp/sft.")
        @Required
        @Size(min = 1, max = 1024)
        @Pattern(Formats.URI)
        String repository,
    @JsonPropertyDescription("Commit, in full: a branch or tag can move.")
        @Required
        @Size(min = 40, max = 64)
        @Pattern(Formats.COMMIT)
        String commit,
    @JsonPropertyDescription("Folder of the code, from the root of the repository.")
        @Size(min = 1, max = 512)
        @Pattern(Formats.RELATIVE_PATH)
        @Nullable String path) {}
