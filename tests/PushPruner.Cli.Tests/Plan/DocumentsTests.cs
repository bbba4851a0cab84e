using System.Text.Json.Nodes;
using PushPruner.Cli.Tests.Saved;

namespace PushPruner.Cli.Tests.Plan;

public sealed class DocumentsTests : IDisposable
{
    static readonly string Shop = Path.Combine("events", "listings", "shop.json");

    readonly Listings listings = new();

    public void Dispose() => listings.Dispose();

    [Fact]
    public async Task JSON_and_CSV_say_the_same_of_every_image()
    {
        var json = await Listings.PlanAsync(Shop, "--at", "2026-06-01T12:00Z", "--json");
        var csv = await Listings.PlanAsync(Shop, "--at", "2026-06-01T12:00Z", "--csv");

        var rows = Rows(csv.Output);
        rows[0]
            .ShouldBe([
                "repository",
                "verdict",
                "reason",
                "rank",
                "tags",
                "digest",
                "pushedAt",
                "ageDays",
                "bytes",
                "groupBytes",
                "members",
                "referrers",
                "daysPlusNewestRule",
                "inUse",
            ]);
        rows.Count.ShouldBe(1 + 197);
        json.Json["repositories"]!
            .AsArray()
            .SelectMany(r => r!["images"]!.AsArray().Select(i =>
            {
                var isKeptByBoth = i!["verdict"]!.GetValue<string>() == "kept" || i["keptByDaysPlusNewestRule"] is not null;
                return $"{r["repository"]}|{i["verdict"]}|{i["reason"]}|{i["rank"]}|{string.Join(' ', i["tags"]!.AsArray())}|"
                    + $"{i["digest"]}|{i["groupBytes"]}|{i["members"]!.AsArray().Count}|{(isKeptByBoth ? "kept" : "expired")}";
            }))
            .ShouldBe(rows.Skip(1).Select(r => $"{r[0]}|{r[1]}|{r[2]}|{r[3]}|{r[4]}|{r[5]}|{r[9]}|{r[10]}|{r[12]}"));
    }

    [Fact]
    public async Task Totals_are_those_of_the_images()
    {
        var json = (await Listings.PlanAsync(Shop, "--at", "2026-06-01T12:00Z", "--json", "--price", "1")).Json;
        var repositories = json["repositories"]!.AsArray();

        foreach (var (totals, images) in repositories.Select(r => (r!["totals"]!, r["images"]!.AsArray())))
        {
            totals["images"]!.GetValue<int>().ShouldBe(images.Count);
            totals["expired"]!.GetValue<int>().ShouldBe(images.Count(i => i!["verdict"]!.GetValue<string>() == "expired"));
            totals["daysPlusNewestRule"]!["keptBesides"]!
                .GetValue<int>()
                .ShouldBe(images.Count(i => i!["keptByDaysPlusNewestRule"] is not null));
            totals["bytesToFree"]!
                .GetValue<long>()
                .ShouldBe(
                    images.Where(i => i!["verdict"]!.GetValue<string>() == "expired").Sum(i => i!["groupBytes"]!.GetValue<long>()),
                    "nothing is shared between groups here");
            totals["dollarsSavedAMonth"]!
                .GetValue<decimal>()
                .ShouldBe(Math.Round(totals["bytesToFree"]!.GetValue<long>() / 1_000_000_000m, 6));
        }

        foreach (var name in (string[])["images", "kept", "expired", "manifests", "manifestsToGo", "bytes", "bytesToFree"])
            json["totals"]![name]!.GetValue<long>().ShouldBe(repositories.Sum(r => r!["totals"]![name]!.GetValue<long>()));
        json["policy"]!
            .ToJsonString()
            .ShouldBe("""{"keepNewest":10,"keepDays":30,"protectTags":"","keepPulledDays":0,"settleMinutes":60}""");
        json["at"]!.GetValue<string>().ShouldBe("2026-06-01T12:00:00Z");
        json["source"]!["title"]!.GetValue<string>().ShouldBe("From a saved listing of 4 repositories.");
        json["source"]!["account"]!.GetValue<string>().ShouldBe("123456789012");
    }

    [Fact]
    public async Task Members_are_named_and_followers_have_no_line_of_their_own()
    {
        var result = await Listings.PlanAsync(Shop, "--at", "2026-06-01T12:00Z", "--json", "--", "shop/orders");

        var images = Listings.AllImages(result);
        images.Count.ShouldBe(25);
        images.ShouldAllBe(i => i["members"]!.AsArray().Count == 3);
        images
            .SelectMany(i => i["members"]!.AsArray())
            .Select(m => m!.GetValue<string>())
            .Distinct(StringComparer.Ordinal)
            .Count()
            .ShouldBe(75);
    }

    [Fact]
    public async Task Commas_quotes_and_line_ends_stay_within_their_field_and_a_formula_stays_text()
    {
        var file = listings.Has(
            "images.json",
            Listings.Of(
                Listings.Image(1, 1, tags: ["a,b", "say \"hi\"", "two\r\nlines"]),
                Listings.Image(2, 2, tags: "=1+1"),
                Listings.Image(3, 3, tags: "-x")));

        var rows = Rows((await Listings.PlanAsync(file, "--csv")).Output);

        rows.Skip(1).Select(r => r[4]).ShouldBe(["a,b say \"hi\" two lines", "'=1+1", "'-x"]);
        rows.ShouldAllBe(r => r.Count == 14);
    }

    [Fact]
    public async Task What_is_in_doubt_is_told_apart()
    {
        JsonObject odd = Listings.Image(1, 60, tags: "odd");
        odd["imageManifestMediaType"] = "application/vnd.example";
        var file = listings.Has("images.json", Listings.Of([odd, .. Listings.Images(14).Skip(1)]));

        var json = await Listings.PlanAsync(file, "--json");
        var text = await Listings.PlanAsync(file, "--details");

        Listings.AllImages(json).Count(i => i["verdict"]!.GetValue<string>() == "in-doubt").ShouldBe(1);
        json.Json["totals"]!["inDoubt"]!.GetValue<int>().ShouldBe(1);
        text.Output.ShouldContain("│ In doubt │");
        text.Output.ShouldContain("  ? odd ");
        text.Output.ShouldContain("in doubt: its media type application/vnd.example is unknown\n");
    }

    // RFC 4180.
    static List<List<string>> Rows(string text)
    {
        List<List<string>> rows = [[""]];
        var isQuoted = false;
        for (var i = 0; i < text.Length; i++)
        {
            var row = rows[^1];
            switch (text[i])
            {
                case '"' when isQuoted && i + 1 < text.Length && text[i + 1] == '"':
                    row[^1] += text[i++];
                    break;
                case '"':
                    isQuoted = !isQuoted;
                    break;
                case ',' when !isQuoted:
                    row.Add("");
                    break;
                case '\r' when !isQuoted && text[i + 1] == '\n':
                    rows.Add([""]);
                    i++;
                    break;
                default:
                    row[^1] += text[i];
                    break;
            }
        }

        isQuoted.ShouldBeFalse();
        rows[^1].ShouldBe([""]);
        rows.RemoveAt(rows.Count - 1);
        return rows;
    }
}
