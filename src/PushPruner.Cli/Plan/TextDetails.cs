using Spectre.Console;

namespace PushPruner.Cli.Plan;

/// <summary>A line an image, the newest first, with what lives and dies with it folded into it.</summary>
sealed class TextDetails(PlainConsole console)
{
    const int ShortDigest = 19;
    const int WidestTags = 30;

    public void Write(RepositoryPlan plan, CancellationToken stop)
    {
        var keepsEverything = plan.Snapshot.KeepsEverything is { } why ? $", everything is kept: {why}" : "";
        var images = $"{TextFormat.Images(plan.Totals.Images)}, {TextFormat.Number(plan.Totals.Expired)} expired";
        console.Write($"{plan.Repository}: {images}{keepsEverything}");
        foreach (var image in PlannedImage.Of(plan.Snapshot))
        {
            stop.ThrowIfCancellationRequested();
            console.Write(Line(image), image.IsExpired ? Style.Plain : image.Verdict.IsDoubt ? Styles.Odd : Styles.Quiet);
        }

        console.Write("");
    }

    static string Line(PlannedImage image)
    {
        var mark = image switch { { IsExpired: true } => "-", { Verdict.IsDoubt: true } => "?", _ => "+" };
        var digest = image.Manifest.Digest.Value;
        var pushed = image.Manifest.PushedAt?.UtcDateTime.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture) ?? "unknown";
        var reason = image.Verdict.IsExpired && !image.IsExpired ? $"expired but for that ({image.Verdict.Reason})" : image.Verdict.Reason;
        return string.Create(
            CultureInfo.InvariantCulture,
            $"  {mark} {TagList.Of(image.Manifest), -WidestTags}  {digest[..Math.Min(digest.Length, ShortDigest)]}  {pushed, -16}  "
                + $"{Age(image), 8}  {Bytes.Shown(image.GroupBytes), 8}  {reason}{Followers(image)}");
    }

    // Rounded as reasons are: kept down, expired up.
    static string Age(PlannedImage image)
    {
        if (image.Age is not { } age)
            return "";

        var tenths = image.Verdict.IsExpired ? Math.Ceiling(age.TotalDays * 10) : Math.Floor(age.TotalDays * 10);
        return tenths > 0 ? $"{(tenths / 10).ToString("0.0", CultureInfo.InvariantCulture)} d" : "< 0.1 d";
    }

    static string Followers(PlannedImage image)
    {
        var parts = new List<string>();
        if (image.Members.Count > 0)
            parts.Add(TextFormat.Count(image.Members.Count, "member"));
        if (image.Referrers.Count > 0)
            parts.Add(TextFormat.Count(image.Referrers.Count, "referrer"));
        return parts.Count == 0 ? "" : $"; with {string.Join(" and ", parts)}";
    }
}
