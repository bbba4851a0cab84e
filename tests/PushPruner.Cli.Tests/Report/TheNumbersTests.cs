using Microsoft.Playwright;
using PushPruner.Cli.Tests.Reconcile;

namespace PushPruner.Cli.Tests.Report;

[Collection(InABrowser.Name)]
public sealed class TheNumbersTests(Chromium chromium) : IDisposable
{
    readonly Reporter reporter = new();

    public void Dispose() => reporter.Dispose();

    // Twenty images of 1 GB, ten days apart: three are within 30 days, ten are the newest, and of the others ten go.
    [Fact]
    public async Task The_totals_are_what_the_rule_says()
    {
        await using var browser = await BrowserPage.ToAsync(chromium, await reporter.PageOfAsync(ListingFile.Of("team/app", 20)));

        (await browser.TotalAsync("freed")).ShouldBe("≤ 10 GB");
        (await browser.TotalAsync("saved")).ShouldBe("≤ $1.00");
        (await browser.TotalAsync("saved-a-year")).ShouldBe("≤ $12");
        (await browser.TotalAsync("halted")).ShouldBe("0");
        (await browser.TotalAsync("expired")).ShouldBe("10");
        (await browser.TotalAsync("doubts")).ShouldBe("0");
        (await browser.Page.Locator("h1").InnerTextAsync()).ShouldBe(
            "Deleting 10 images frees up to 10 GB of 20 GB and saves up to $1.00 a month");
        (await browser.Page.Locator(".policy").InnerTextAsync()).ShouldBe("Keeping the newest 10 and everything up to 30 days old.");
        (await browser.Page.Locator("header").InnerTextAsync()).ShouldContain(
            "As of 1 June 2026, 12:00 UTC. From a saved listing of 1 repository.");
        browser.ShouldBeQuiet();
    }

    [Fact]
    public async Task The_price_is_the_one_that_is_given()
    {
        await using var browser = await BrowserPage.ToAsync(
            chromium, await reporter.PageOfAsync(ListingFile.Of("team/app", 20), "--price", "2.5"));

        (await browser.TotalAsync("saved")).ShouldBe("≤ $25.00");
    }

    [Fact]
    public async Task Each_repository_has_the_numbers_of_its_plan_and_those_that_free_the_most_come_first()
    {
        var plan = await Reporter.RunAsync("plan", "--from", Reporter.Sample(), "--at", ListingFile.At);
        await using var browser = await BrowserPage.ToAsync(chromium, await reporter.PageOfAsync(Reporter.Sample()));

        var rows = await browser.Page.Locator("table.repositories tbody tr").AllAsync();
        var shown = new List<string>();
        foreach (var row in rows)
        {
            var cells = await row.Locator("th, td.n").AllInnerTextsAsync();
            shown.Add(string.Join('|', cells[0], cells[5], cells[4], cells[1], cells[2]));
        }

        // Repository, images, kept, expired, size now, to free, a month now, saved a month.
        var planned = plan.Lines
            .Where(l => l.Contains('/'))
            .Select(l => l.Split('│', StringSplitOptions.TrimEntries))
            .Select(c => string.Join('|', c[1], c[2], c[4], c[6], c[8]))
            .ToList();
        planned.Count.ShouldBe(4);
        shown.Order().ShouldBe(planned.Order());
        shown.Select(s => s.Split('|')[0]).ShouldBe(["shop/web", "shop/orders", "shop/base", "shop/mailer"]);
    }

    [Fact]
    public async Task Storage_ends_with_what_is_stored_and_what_would_be_left()
    {
        await using var browser = await BrowserPage.ToAsync(chromium, await reporter.PageOfAsync(ListingFile.Of("team/app", 20)));

        await browser.Page.GetByText("The numbers as a table").ClickAsync();
        var rows = browser.Page
            .GetByRole(AriaRole.Region, new() { Name = "Table: Bytes stored over time, as it is and with this policy" })
            .Locator("tbody tr");

        (await rows.First.Locator("th, td").AllInnerTextsAsync()).ShouldBe(["2025-11-13", "1 GB", "$0.10", "1 GB", "$0.10"]);
        (await rows.Last.Locator("th, td").AllInnerTextsAsync()).ShouldBe(["2026-06-01", "20 GB", "$2.00", "10 GB", "$1.00"]);
        // The eleventh image was pushed on 2026-02-21, and the oldest went with it.
        var all = await rows.AllInnerTextsAsync();
        all.ShouldContain("2026-02-16\t10 GB\t$1.00\t10 GB\t$1.00");
        all.ShouldContain("2026-02-23\t11 GB\t$1.10\t10 GB\t$1.00");
        (await browser.Page.Locator("path.line").CountAsync()).ShouldBe(2);
    }

    [Fact]
    public async Task Storage_with_the_policy_falls_when_an_image_is_both_outranked_and_old()
    {
        // Twelve images of one day, 40 days ago: outranked at once, and old ten days ago.
        var listing = new ListingFile();
        for (var n = 0; n < 12; n++)
            listing.Has("team/app", 40, 1_000_000_000, $"v{n}");
        await using var browser = await BrowserPage.ToAsync(chromium, await reporter.PageOfAsync(listing));

        await browser.Page.GetByText("The numbers as a table").ClickAsync();
        var rows = await browser.Page.Locator("#storage ~ .plot tbody tr").AllInnerTextsAsync();

        rows.ShouldContain("2026-05-18\t12 GB\t$1.20\t12 GB\t$1.20");
        rows.ShouldContain("2026-05-25\t12 GB\t$1.20\t10 GB\t$1.00");
    }

    [Fact]
    public async Task Members_go_with_their_index_and_a_late_signature_not_before_it_came()
    {
        // Twelve images for two platforms, an hour and a half apart, 40 days ago; the oldest was signed five days ago.
        var listing = new ListingFile();
        for (var n = 0; n < 12; n++)
        {
            var daysOld = 40 + (n * 0.0625);
            listing.HasOf(ListingFile.Index, "team/app", daysOld, 500_000_000, $"v{n}")
                .Has("team/app", daysOld + 0.001, 500_000_000)
                .Has("team/app", daysOld + 0.001, 500_000_000);
        }

        listing.Has("team/app", 5, 1_000_000_000, $"sha256-{ListingFile.HexOf("team/app", 11 * 3)}.sig");
        await using var browser = await BrowserPage.ToAsync(chromium, await reporter.PageOfAsync(listing));

        await browser.Page.GetByText("The numbers as a table").ClickAsync();
        var rows = await browser.Page.Locator("#storage ~ .plot tbody tr").AllInnerTextsAsync();

        rows.ShouldContain("2026-05-18\t12 GB\t$1.20\t12 GB\t$1.20", string.Join('\n', rows));
        rows.ShouldContain("2026-05-25\t12 GB\t$1.20\t10 GB\t$1.00", string.Join('\n', rows));
        rows[^1].ShouldBe("2026-06-01\t13 GB\t$1.30\t10 GB\t$1.00");
        (await browser.TotalAsync("freed")).ShouldBe("≤ 3 GB");
        (await browser.TotalAsync("expired")).ShouldBe("2");
        (await browser.Marks("team/app").CountAsync()).ShouldBe(12);
    }

    [Fact]
    public async Task A_timeline_has_a_mark_for_each_image_and_only_what_is_before_both_lines_goes()
    {
        await using var browser = await BrowserPage.ToAsync(
            chromium,
            await reporter.PageOfAsync(ListingFile.Of("team/app", 20).Has("team/app", 195, 5, "stable"), "--protect-tags", "stable"));

        var timeline = browser.Timeline("team/app");
        var gone = await CentresAsync(timeline.Locator("svg.timeline .m.e"));
        var kept = await CentresAsync(timeline.Locator("svg.timeline .m.k"));
        var newest = (await CentresAsync(timeline.Locator("line.line-n"))).Single();
        var old = (await CentresAsync(timeline.Locator("line.line-x"))).Single();

        gone.Count.ShouldBe(10);
        kept.Count.ShouldBe(11);
        gone.ShouldAllBe(x => x < newest && x < old);
        // That which a tag protects is kept on the wrong side of both.
        kept.Count(x => x < newest - 1).ShouldBe(1);
        (await timeline.Locator("text.limit-label").AllTextContentsAsync()).ShouldBe(["30 days ago", "newest 10 begin"]);
    }

    [Fact]
    public async Task Of_a_registry_at_aws_what_could_not_be_looked_at_is_told_and_counted_nowhere()
    {
        await using var cli = new CliScenario();
        await cli.InitializeAsync();
        cli.Has("team/app", 14);
        cli.Has("team/web", 14);
        cli.Ecr.Faults.OnCall(call =>
            call is { Operation: "DescribeImages", Repository: "team/web" }
                ? LocalAws.Fault.Refusal("AccessDeniedException", "no <b>way</b>")
                : null);
        var file = reporter.In("aws.html");

        var result = await Reporter.RunAsync(
            ["report", "--endpoint-url", cli.Url.ToString(), "--html", file],
            new(TextWriter.Null, TextWriter.Null)
            {
                Clock = cli.Clock, Credentials = new Amazon.Runtime.BasicAWSCredentials("test", "test"), Variable = _ => null,
            },
            TestContext.Current.CancellationToken);
        await using var browser = await BrowserPage.ToAsync(chromium, file);

        result.ExitCode.ShouldBe(1);
        cli.Changes.ShouldBeEmpty();
        (await browser.TotalAsync("expired")).ShouldBe("4");
        var trouble = await browser.Page.Locator(".trouble").InnerTextAsync();
        trouble.ShouldContain("1 repository couldn't be looked at");
        trouble.ShouldContain("team/web: AccessDeniedException: no <b>way</b>");
        browser.ShouldBeQuiet();
    }

    [Fact]
    public async Task A_registry_without_images_and_one_from_which_nothing_goes_say_so()
    {
        await using var few = await BrowserPage.ToAsync(chromium, await reporter.PageOfAsync(ListingFile.Of("team/app", 3)));
        await using var none = await BrowserPage.ToAsync(
            chromium, await reporter.PageOfAsync(ListingFile.Of("team/app", 3), "--repositories", "other/*"));

        (await few.Page.Locator("h1").InnerTextAsync()).ShouldBe("Nothing would be deleted: the policy keeps every image");
        (await few.Timeline("team/app").InnerTextAsync()).ShouldContain("No image is outranked by 10 newer ones.");
        (await none.Page.Locator("h1").InnerTextAsync()).ShouldBe("There are no images to look at");
        few.ShouldBeQuiet();
        none.ShouldBeQuiet();
    }

    static async Task<IReadOnlyList<double>> CentresAsync(ILocator marks)
    {
        var centres = new List<double>();
        foreach (var mark in await marks.AllAsync())
        {
            var box = (await mark.BoundingBoxAsync())!;
            centres.Add(box.X + (box.Width / 2));
        }

        return centres;
    }
}
