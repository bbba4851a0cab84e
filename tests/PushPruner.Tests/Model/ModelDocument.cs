using System.Globalization;
using System.Text;
using CsCheck;

namespace PushPruner.Tests.Model;

/// <summary>The text of <c>docs/model.md</c>, as the models themselves have it.</summary>
static class ModelDocument
{
    const string Beginning =
        """
        # The model

        *Written by a test from the models in `tests/PushPruner.Tests/Model`, and compared with them in every run.*

        [The promises](safety.md) S1 to S8, L1 and L2 are checked against models of the protocol: not the code, but its steps, and
        everything that can happen between any two of them. Events are lost, repeated and late; a run dies at any step and its event comes
        again; two runs go on at once; the index loses rows, claims too much, is wiped; people move and delete tags, delete images, push
        them again; time passes. Bounds are small (three images, N of 1 or 2), so every history within them is looked at, not a sample: that
        is what *closed* means, and the test fails if one doesn't close.

        The real job is driven beside the first model, down every transition of the part in which runs are taken whole (`TheRealJobTests`),
        and has to leave in ECR what the model leaves.

        Each model is also broken on purpose, one step at a time, and a test asserts which promise catches it. A defect that nothing caught
        would mean that a promise is missing.

        ```console
        $ dotnet run --project tests/PushPruner.Tests -- -class '*.Model.*' -showLiveOutput
        ```

        prints the whole report: how often each requirement and each action came into play, and for a promise that doesn't hold, the
        shortest history that breaks it. More acts from outside (`acts:` in `Models.cs`) make the push models larger, eight times and more
        for each. After a change of a model, the same command with `PUSHPRUNER_ACCEPT=1` in the environment rewrites this file.


        """;

    const string Limits =
        """
        `Tombstone` and `Promotion` are no promises of that list: the one is the audit trail, the other the rule's *active at*, of which ECR
        knows nothing. Two rows name what is ECR's part: were a pair to take the whole image, S5 would not hold, and were ECR to delete what
        a live index names, S3 would rest on the index alone where it does not know an owner.

        ## What the models don't promise

        ECR has no conditional delete. Between a confirmation and its delete lie milliseconds, and the models show what fits in there; a
        requirement of `TagSpec` or a test of `TheLimitsTests` holds only as long as each can happen, all but what is said of two runs:

        - an untagged image gains its first tag and goes all the same (S5);
        - an image is deleted by hand and pushed again under the same tag, and the young one goes (S1);
        - a part of a multi-arch image gains a protecting tag, and the image goes (S4); the part itself too, if it had no tag before;
        - a person deletes the image that was just confirmed to outrank another (S2). Where two runs go on at once, the second may have
          confirmed against the very image that the first then deletes, so that one delete by hand costs one image more.

        The index is taken to lose whole rows at any time, but not the one row that says that a *tagged* manifest is a part: then it is
        taken for an image until the next reconcile, as one whose index has not been seen yet.

        ## One race to look at

        A tagged image, expired; a run that confirms it and deletes it; and somebody who puts the protecting tag `stable` on it or moves it
        on. From every state in which it is protected, no arrow but one leads to its end: from *confirmed as untagged*, the first of the
        windows above.


        """;

    public static string Write()
    {
        var text = new StringBuilder(Beginning);
        text.Append("| model | what it is about | states | transitions |\n| --- | --- | ---: | ---: |\n");
        foreach (var name in Models.Names)
        {
            var explored = Models.Get(name);
            text.Append(
                CultureInfo.InvariantCulture, $"| {name} | {Models.About(name)} | {explored.States:N0} | {explored.Transitions:N0} |\n");
        }

        text.Append("\n## What catches what\n\n| model | without this step | caught by | shortest history |\n| --- | --- | --- | ---: |\n");
        foreach (var name in Models.Names)
        {
            foreach (var fault in Models.Get(name).Faults)
            {
                text.Append(
                    CultureInfo.InvariantCulture,
                    $"| {name} | {Words(fault.Fault)} | {fault.CaughtBy ?? "**nothing**"} | {fault.Steps} steps |\n");
            }
        }

        text.Append('\n')
            .Append(Limits)
            .Append("```mermaid\n")
            .Append(TagPicture.Create().Mermaid().ReplaceLineEndings("\n").TrimEnd())
            .Append("\n```\n");
        return text.ToString().ReplaceLineEndings("\n");
    }

    static string Words(string name) =>
        string.Concat(name.Select((c, n) => char.IsUpper(c) && n > 0 ? $" {char.ToLowerInvariant(c)}" : $"{c}"))
            .Replace("Ecr ", "ECR ", StringComparison.Ordinal);
}
