using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace PushPruner.LocalAws;

/// <summary>Of Lambda's API the list of the functions, in the order of their names, with their environments.</summary>
sealed class ListFunctionsEndpoint(LocalRegistry registry, ConcurrentDictionary<string, LocalFunction> functions)
{
    // The largest MaxItems. The answer has at most 50 all the same, and the position of the next one as its marker.
    const int MostAsked = 10_000;
    const int MostGiven = 50;

    internal void Map(IEndpointRouteBuilder routes) => routes.MapGet("/2015-03-31/functions", (RequestDelegate)AnswerAsync);

    async Task AnswerAsync(HttpContext context)
    {
        context.Response.Headers["x-amzn-RequestId"] = registry.NextRequestId();
        try
        {
            CredentialScope.Check(context.Request.Headers.Authorization, registry.Options.Region, "lambda");
            await SendAsync(
                context, 200, Page(Number(context, "Marker", 0, int.MaxValue), Number(context, "MaxItems", MostGiven, MostAsked)));
        }
        catch (AwsError error)
        {
            context.Response.Headers["x-amzn-ErrorType"] = error.Code;
            await SendAsync(context, error.HttpStatus, new JsonObject { ["Type"] = "User", ["Message"] = error.Message });
        }
    }

    JsonObject Page(int from, int most)
    {
        var all = functions.Values.OrderBy(f => f.Name, StringComparer.Ordinal).ToList();
        var page = all.Skip(from).Take(Math.Min(most, MostGiven)).ToList();
        return new JsonObject
        {
            ["Functions"] = new JsonArray([.. page.Select(Described)]),
            ["NextMarker"] = from + page.Count < all.Count ? (from + page.Count).ToString(CultureInfo.InvariantCulture) : null,
        };
    }

    static JsonObject Described(LocalFunction function)
    {
        var described = new JsonObject { ["FunctionName"] = function.Name, ["FunctionArn"] = function.Arn };
        // A function without variables has no such field.
        if (function.Environment.Count > 0)
        {
            described["Environment"] = new JsonObject
            {
                ["Variables"] = new JsonObject(function.Environment.Select(v => KeyValuePair.Create(v.Key, (JsonNode?)v.Value))),
            };
        }

        return described;
    }

    static int Number(HttpContext context, string name, int otherwise, int most) => context.Request.Query[name].ToString() switch
    {
        "" => otherwise,
        var text when int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number <= most => number,
        var text => throw new AwsError("InvalidParameterValueException", $"{name} is '{text}'"),
    };

    static async Task SendAsync(HttpContext context, int status, JsonObject json)
    {
        var body = Encoding.UTF8.GetBytes(json.ToJsonString(new JsonSerializerOptions()));
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json";
        context.Response.ContentLength = body.Length;
        await context.Response.Body.WriteAsync(body, context.RequestAborted);
    }
}
