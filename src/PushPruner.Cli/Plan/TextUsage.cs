using PushPruner.Cli.Plan.InUse;

namespace PushPruner.Cli.Plan;

/// <summary>Which of the images that would go are in use.</summary>
sealed class TextUsage(PlainConsole console)
{
    public void Write(Usage usage)
    {
        console.Write("");
        var others = new List<string>();
        if (usage.Elsewhere > 0)
            others.Add($"{TextFormat.Number(usage.Elsewhere)} of other registries");
        if (usage.NotFound > 0)
            others.Add($"{TextFormat.Number(usage.NotFound)} not found in the listing");
        if (usage.NotUnderstood > 0)
            others.Add($"{TextFormat.Number(usage.NotUnderstood)} more not understood");
        var given =
            $"{TextFormat.Count(usage.References, "reference")} given" + (others.Count == 0 ? "" : $": {string.Join(", ", others)}");
        if (usage.Held.Count == 0)
        {
            console.Write($"No image that would go is in use ({given}).");
            return;
        }

        console.Write(
            $"{TextFormat.Images(usage.Held.Count)} that would go {(usage.Held.Count == 1 ? "is" : "are")} in use ({given}):",
            Styles.Bad);
        foreach (var used in usage.Held)
        {
            var more = TextFormat.AndMore(used.References.Count - 1);
            console.Write(
                $"  - {used.Repository}  {TagList.Of(used.Verdict.Manifest)}  {used.Verdict.Digest}: {used.Verdict.Reason}; named by "
                    + $"{used.References[0]}{more}");
        }

        console.Write("  A tag that --protect-tags matches keeps an image, and --keep-pulled-days keeps what is still pulled.");
    }
}
