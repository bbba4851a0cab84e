using System.Globalization;
using System.Text;
using System.Text.Json;
using Amazon.Lambda.Serialization.SystemTextJson;
using CsCheck;
using PushPruner.Lambda.Requests;
using PushPruner.LocalAws;
using PushPruner.Policies;
using PushPruner.Tests.Hostile;

namespace PushPruner.Lambda.Tests.Requests;

/// <summary>A request is understood whole or refused in words: whatever else it is, nothing is done.</summary>
public sealed class RequestsOfJunkTests : IAsyncLifetime
{
    const string Whole =
        """{"repository":"app","dryRun":true,"maxDeletes":5000,"asOf":"2026-06-01T11:00:00Z","policy":"3f9a1c","keepNewest":20,"keepDays":7.5,"execution":"weekly-1"}""";
    const string Next = """{"nextToken":"abc","execution":"weekly-1"}""";

    Deployment deployment = null!;

    public async ValueTask InitializeAsync()
    {
        deployment = await Deployment.StartAsync(settings: new Settings { Policy = new RetentionPolicy { KeepNewest = 1 }, DryRun = true });
        for (var n = 0; n < 3; n++)
            deployment.Ecr.Seed("app", ManifestFactory.Image($"old-{n}").At(Deployment.Noon.AddDays(-100 - n), $"old-{n}"));
    }

    public ValueTask DisposeAsync() => deployment.DisposeAsync();

    [Fact]
    public async Task Neither_function_fails_otherwise_than_by_saying_what_is_wrong_with_the_request()
    {
        await Junk.Anything([Whole, Next, """{"repository":"app"}"""]).SampleAsync(async bytes =>
        {
            await RefusedOrDoneAsync(bytes, () => deployment.ReconcileAsync(bytes));
            await RefusedOrDoneAsync(bytes, () => deployment.ListRepositoriesAsync(bytes));
        }, iter: 600, print: Encoding.UTF8.GetString);

        deployment.Ecr.Images("app").Count.ShouldBe(3);
        deployment.Ecr.Calls.Count("BatchDeleteImage").ShouldBe(0);
    }

    [Fact]
    public void What_is_understood_says_each_thing_once_and_as_it_stands_there()
    {
        var understood = 0;
        Junk.Almost([Whole]).Sample(text =>
        {
            if (Parsed(text) is not { } document || Read(document.RootElement) is not { } request)
                return;

                    var fields = document.RootElement.EnumerateObject().ToDictionary(f => f.Name, f => f.Value, StringComparer.Ordinal);
                    request.ShouldSatisfyAllConditions(
                        r => fields.Keys.ShouldBeSubsetOf([
                            "repository",
                            "dryRun",
                            "maxDeletes",
                            "asOf",
                            "policy",
                            "keepNewest",
                            "keepDays",
                            "execution",
                        ]),
                        r => r.Request.Repository.ShouldBe(fields["repository"].GetString()),
                        r => r.Request.DryRun.ShouldBe(fields.TryGetValue("dryRun", out var dryRun) && dryRun.GetBoolean()),
                        r => r.Request.MaxDeletes.ShouldBe(Number(fields, "maxDeletes")?.GetInt32()),
                        r => r.Request.AsOf.ShouldBe(
                            Text(fields, "asOf") is { } instant ? DateTimeOffset.Parse(instant, CultureInfo.InvariantCulture) : null),
                        r => r.Request.PolicyHash.ShouldBe(Text(fields, "policy")),
                        r => r.Request.KeepNewest.ShouldBe(Number(fields, "keepNewest")?.GetInt32()),
                        r => r.Request.KeepFor.ShouldBe(
                            Number(fields, "keepDays") is { } days
                                ? TimeSpan.FromTicks((long)(days.GetDecimal() * TimeSpan.TicksPerDay))
                                : null));
                    Interlocked.Increment(ref understood);
                },
                iter: 10_000);

        understood.ShouldBeGreaterThan(100, "some changes leave a request");
    }

    // A token that another listing gave, or none, is for ECR to refuse.
    static async Task RefusedOrDoneAsync(byte[] bytes, Func<Task> invokeAsync)
    {
        try
        {
            await invokeAsync();
        }
        catch (JsonSerializerException)
        {
            Should.Throw<JsonException>(() => JsonDocument.Parse(bytes));
        }
        catch (MalformedRequestException e)
        {
            e.Message.Length.ShouldBeInRange(10, 500);
        }
        catch (Amazon.ECR.Model.InvalidParameterException)
        {
        }
    }

    static JsonDocument? Parsed(string text)
    {
        try
        {
            return JsonDocument.Parse(text);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    static ReconcilePayload? Read(JsonElement request)
    {
        try
        {
            return ReconcilePayload.Read(request, Deployment.Noon);
        }
        catch (MalformedRequestException)
        {
            return null;
        }
    }

    static string? Text(Dictionary<string, JsonElement> fields, string name) => Number(fields, name)?.GetString();

    static JsonElement? Number(Dictionary<string, JsonElement> fields, string name) =>
        fields.TryGetValue(name, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;
}
