using PushPruner.Cli.Amounts;

namespace PushPruner.Cli.Tests.Report;

/// <summary>What a page has for the person who decides.</summary>
[Collection(InABrowser.Name)]
public sealed class ForWhoeverDecidesTests(Chromium chromium) : IDisposable
{
    readonly Reporter reporter = new();

    public void Dispose() => reporter.Dispose();

    [Fact]
    public async Task What_it_costs_to_run_and_what_is_held_back_stand_at_the_top()
    {
        await using var browser = await VisitAsync(ListingFile.Of("team/app", 20), "--max-deletes", "5");

        var header = await browser.Page.Locator("header").InnerTextAsync();
        header.ShouldContain("That is up to $12 a year, as storage is today. A deployed stack costs some $4 a month");
        header.ShouldContain(
            "Of this, 10 images and up to $1.00 a month are held back: 1 repository has more than 5 expired images (MAX_DELETES).");
        (await browser.TotalAsync("halted")).ShouldBe("1");
        (await browser.Page.Locator("section[aria-labelledby=halted] code").InnerTextAsync()).ShouldBe(
            "pushpruner reconcile team/app --max-deletes 10");
    }

    [Fact]
    public async Task The_next_steps_are_commands_and_the_last_makes_the_page_again()
    {
        var page = await reporter.PageOfAsync(ListingFile.Of("team/app", 20), "--keep-days", "20");
        await using var browser = await BrowserPage.ToAsync(chromium, page);

        var commands = await browser.Page.Locator(".steps code").AllInnerTextsAsync();
        commands.ShouldContain("pushpruner reconcile --keep-days 20");
        commands[^1].ShouldStartWith("pushpruner report --from ");

        var again = commands[^1].Split(' ').Skip(1).ToArray();
        again[Array.IndexOf(again, "--html") + 1] = reporter.In("again.html");
        (await Reporter.RunAsync(again)).ExitCode.ShouldBe(0);
        // But for its own name.
        (await File.ReadAllTextAsync(reporter.In("again.html"), TestContext.Current.CancellationToken))
            .Replace(reporter.In("again.html"), page, StringComparison.Ordinal)
            .ShouldBe(await File.ReadAllTextAsync(page, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Where_no_instant_was_given_the_command_names_the_one_of_the_page()
    {
        var saved = reporter.In("saved.json");
        await File.WriteAllTextAsync(saved, ListingFile.Of("team/app", 3).ToString(), TestContext.Current.CancellationToken);
        var clock = new LocalAws.SettableClock(Reconcile.CliScenario.Noon);

        await Reporter.RunAsync(
            ["report", "--from", saved, "--html", reporter.In("page.html")],
            new(TextWriter.Null, TextWriter.Null) { Clock = clock },
            TestContext.Current.CancellationToken);

        (await File.ReadAllTextAsync(reporter.In("page.html"), TestContext.Current.CancellationToken)).ShouldContain(
            " --at 2026-06-01T12:00:00Z</code>");
    }

    [Fact]
    public async Task Teams_have_their_sums()
    {
        await using var browser = await VisitAsync(
            ListingFile.Of("team/app", 20).Has("shop/web", 1, 1_000_000_000, "v1").Has("shop/api", 1, 1_000_000_000, "v1"));

        (await browser.Page.Locator("table.teams tbody tr").AllInnerTextsAsync()).ShouldBe(
            ["team/\t≤ $1.00\t≤ 10 GB\t≤ 20 GB\t10\t20\t1", "shop/\t$0.00\t0 B\t≤ 2 GB\t0\t2\t2"]);
    }

    [Fact]
    public async Task What_is_in_use_and_in_doubt_is_named_with_its_reason()
    {
        var running = reporter.In("running.txt");
        await File.WriteAllTextAsync(running, "team/app:v20\nteam/app:v1\n", TestContext.Current.CancellationToken);
        var listing = ListingFile.Of("team/app", 20).HasOf("application/vnd.example", "team/app", 50, 10, "doubtful");

        await using var browser = await VisitAsync(listing, "--in-use", running);

        (await browser.Page.Locator("section[aria-labelledby=in-use] tbody tr").InnerTextAsync()).ShouldBe(
            "v20\tteam/app\tteam/app:v20\trank 19, 200.0 days old");
        (await browser.Page.Locator(".reasons li").AllInnerTextsAsync()).Single().ShouldStartWith("1 in doubt: ");
    }

    [Fact]
    public async Task More_than_twenty_repositories_have_contents_and_a_box_that_finds_some()
    {
        var listing = new ListingFile();
        for (var n = 0; n < 60; n++)
            listing.Has($"team-{n % 3}/app-{n}", 1, 1_000_000, "v1");
        await using var browser = await VisitAsync(listing);

        (await browser.Page.Locator("nav a").AllInnerTextsAsync()).ShouldContain("By team");
        await browser.Page.Locator("#filter").FillAsync("app-5");

        (await browser.Page.Locator("table.repositories tbody tr:visible").CountAsync()).ShouldBe(11);
        (await browser.Page.Locator(".filtered").InnerTextAsync()).ShouldBe("11 shown");
        browser.ShouldBeQuiet();
    }

    [Fact]
    public async Task Twenty_or_fewer_need_none()
    {
        await using var browser = await VisitAsync(ListingFile.Of("team/app", 20));

        (await browser.Page.Locator("nav, #filter").CountAsync()).ShouldBe(0);
    }

    [Fact]
    public async Task Layers_are_counted_once_where_they_are_asked_for()
    {
        var manifests = Path.Combine(Path.GetDirectoryName(Reporter.Sample())!, "shop-orders-manifests.json");
        var setting = reporter.In("setting.json");
        await File.WriteAllTextAsync(setting, """{"name":"BLOB_MOUNTING","value":"DISABLED"}""", TestContext.Current.CancellationToken);
        var plan = await Reporter.RunAsync(
            "plan",
            "shop/orders",
            "--from",
            Reporter.Sample(),
            manifests,
            setting,
            "--at",
            ListingFile.At,
            "--layers",
            "--json");
        var file = reporter.In("layers.html");
        (
            await Reporter.RunAsync(
                "report",
                "shop/orders",
                "--from",
                Reporter.Sample(),
                manifests,
                setting,
                "--at",
                ListingFile.At,
                "--layers",
                "--html",
                file)).ExitCode.ShouldBe(0);

        await using var browser = await BrowserPage.ToAsync(chromium, file);

        var layers = plan.Json["totals"]!["layers"]!;
        (await browser.TotalAsync("freed")).ShouldBe(Bytes.Shown(layers["bytesToFree"]!.GetValue<long>()));
        await browser.Page.GetByText("The numbers as a table").ClickAsync();
        var last = (await browser.Page.Locator("#storage ~ .plot tbody tr").AllInnerTextsAsync())[^1].Split('\t');
        last[1].ShouldBe(Bytes.Shown(layers["bytes"]!.GetValue<long>()));
        last[3]
            .ShouldBe(
                Bytes.Shown(layers["bytes"]!.GetValue<long>() - layers["bytesToFree"]!.GetValue<long>()), "what would be left today");
    }

    async Task<BrowserPage> VisitAsync(ListingFile listing, params string[] args) =>
        await BrowserPage.ToAsync(chromium, await reporter.PageOfAsync(listing, args));
}
