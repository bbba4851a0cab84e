using System.Text.Json;
using System.Text.Json.Nodes;
using PushPruner.Ports;
using PushPruner.Tests.Given;

namespace PushPruner.Lambda.Tests.Logs;

/// <summary>
/// Whatever a tag, an event or a request holds: a line stays one JSON object on one line, with no field that isn't the logger's.
/// </summary>
public sealed class HostileTextTests
{
    const string Forged = "x\"}\r\n{\"level\":\"Error\",\"message\":\"forged\",\"forged\":\"1\"}\n";

    public static TheoryData<string> Texts =>
    [
        Forged,
        "\",\"forged\":\"1",
        "a\u2028b\u2029c\u0085d",
        "\u001b[2J\u001b]0;owned\u0007",
        "\u202egnp.exe",
        "half of a pair: \ud83d",
        "{Digest} {0} {Forged}",
        "\0",
        new string('x', 300_000),
        string.Concat(Enumerable.Repeat("\u001b\n", 10_000)),
    ];

    [Theory]
    [MemberData(nameof(Texts), DisableDiscoveryEnumeration = true)]
    public async Task A_tag_adds_no_line_and_no_field(string tag)
    {
        await using var plain = await LogScenario.OpenAsync();
        await using var scenario = await LogScenario.OpenAsync(between: registry => new Obliging(
            registry,
            manifest => manifest with { Tags = [tag] }
        ));
        foreach (var one in (LogScenario[])[plain, scenario])
        {
            one.HasOld("1.0", "1.1");
            await one.PushAsync("1.2");
        }

        scenario.Log.Beginning("Deleted: ").Count.ShouldBe(1);
        ShouldBeAlike(scenario, plain);
    }

    [Theory]
    [MemberData(nameof(Texts), DisableDiscoveryEnumeration = true)]
    public async Task A_media_type_adds_no_line_and_no_field(string type)
    {
        await using var plain = await LogScenario.OpenAsync(between: registry => new Obliging(
            registry,
            manifest => manifest with { MediaType = "application/odd" }
        ));
        await using var scenario = await LogScenario.OpenAsync(between: registry => new Obliging(
            registry,
            manifest => manifest with { MediaType = type }
        ));
        foreach (var one in (LogScenario[])[plain, scenario])
        {
            one.HasOld("1.0", "1.1");
            await one.PushAsync("1.2");
            one.Log.Beginning("Kept in doubt: ").Count.ShouldBe(1);
        }

        ShouldBeAlike(scenario, plain);
    }

    [Theory]
    [MemberData(nameof(Texts), DisableDiscoveryEnumeration = true)]
    public async Task An_event_adds_no_line_and_no_field(string text)
    {
        await using var plain = await LogScenario.OpenAsync();
        await plain.PushAsync("1.0", evt => evt["source"] = "somebody");
        foreach (var field in (string[])
                [
                    "id",
                    "source",
                    "account",
                    "region",
                    "detail-type",
                    "repository-name",
                    "image-digest",
                    "image-tag",
                    "action-type",
                    "result",
                ])
        {
            await using var scenario = await LogScenario.OpenAsync();

            await scenario.PushAsync("1.0", evt =>
            {
                evt["source"] = "somebody";
                (evt[field] is null ? evt["detail"]! : evt)[field] = JsonValue.Create(Whole(text));
            });

            ShouldBeAlike(scenario, plain);
        }
    }

    [Theory]
    [MemberData(nameof(Texts), DisableDiscoveryEnumeration = true)]
    public async Task A_request_adds_no_line_and_no_field(string text)
    {
        await using var plain = await LogScenario.OpenAsync();
        await Should.ThrowAsync<Lambda.Requests.MalformedRequestException>(() => plain.ReconcileAsync("""{"repository":"No Name"}"""));
        foreach (var field in (string[])["repository", "dryRun", "execution", "other"])
        {
            await using var scenario = await LogScenario.OpenAsync();
            var request = new JsonObject { ["repository"] = "No Name", ["maxDeletes"] = -1, [field] = Whole(text) };

            await Should.ThrowAsync<Lambda.Requests.MalformedRequestException>(() => scenario.ReconcileAsync(request.ToJsonString()));

            ShouldBeAlike(scenario, plain);
        }
    }

    static void ShouldBeAlike(LogScenario scenario, LogScenario plain)
    {
        foreach (var line in scenario.Log.Raw)
        {
            line.ShouldNotContain(c => char.IsControl(c) || c == '\u2028' || c == '\u2029' || c == '\u202e');
            line.Length.ShouldBeLessThan(25_000);
            JsonDocument.Parse(line).RootElement.ValueKind.ShouldBe(JsonValueKind.Object);
        }

        scenario.Log.All.Select(Fields).ShouldBe(plain.Log.All.Select(Fields));
        scenario.Log.All
            .Select(line => line["level"]!.GetValue<string>())
            .ShouldBe(plain.Log.All.Select(line => line["level"]!.GetValue<string>()));
    }

    static string Fields(JsonObject line) => string.Join(' ', line.Select(field => field.Key).Where(key => key != "cold_start"));

    // JSON in UTF-8 can't hold half of a pair.
    static string Whole(string text) => text.Replace('\ud83d', '\ufffd');

    // A registry that lets anything be a tag or a type, and deletes it when asked.
    sealed class Obliging(IRegistry inner, Func<Manifest, Manifest> change) : RegistryDecorator(inner)
    {
        public override async IAsyncEnumerable<Manifest> ListAsync(
            string repository, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
        {
            await foreach (var manifest in base.ListAsync(repository, cancellationToken))
                yield return Hostile(manifest);
        }

        public override async Task<Description> DescribeAsync(
            string repository, IReadOnlyCollection<Digest> digests, CancellationToken cancellationToken)
        {
            var description = await base.DescribeAsync(repository, digests, cancellationToken);
            return description with { Found = [.. description.Found.Select(Hostile)] };
        }

        public override async Task<IReadOnlyList<DeleteAnswer>> DeleteAsync(
            string repository, IReadOnlyList<ImageId> ids, CancellationToken cancellationToken)
        {
            await base.DeleteAsync(repository, [.. ids.Select(id => new ImageId(id.Digest))], cancellationToken);
            return [.. ids.Select(id => new DeleteAnswer(id))];
        }

        Manifest Hostile(Manifest manifest) => manifest.Tags is ["1.0"] ? change(manifest) : manifest;
    }
}
