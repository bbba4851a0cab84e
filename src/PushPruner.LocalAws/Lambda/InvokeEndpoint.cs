using System.Collections.Concurrent;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace PushPruner.LocalAws;

/// <summary>Lambda's invoke API, for <c>aws lambda invoke --endpoint-url</c>.</summary>
sealed class InvokeEndpoint(LocalRegistry registry, ConcurrentDictionary<string, LocalFunction> functions)
{
    // An event may have 1 MB, a synchronous request 6.
    const int LargestEvent = 1024 * 1024;

    internal void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/2015-03-31/functions/{name}/invocations", (RequestDelegate)AnswerAsync);

    async Task AnswerAsync(HttpContext context)
    {
        context.Response.Headers["x-amzn-RequestId"] = registry.NextRequestId();
        try
        {
            CredentialScope.Check(context.Request.Headers.Authorization, registry.Options.Region, "lambda");
            await InvokeAsync(context, Function((string)context.Request.RouteValues["name"]!));
        }
        catch (AwsError error)
        {
            context.Response.Headers["x-amzn-ErrorType"] = error.Code;
            await SendAsync(context, error.HttpStatus, $$"""{"Type":"User","Message":"{{JsonEncodedText.Encode(error.Message)}}"}""");
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // The caller has given up, and needs no answer. The function runs on.
        }
    }

    static async Task InvokeAsync(HttpContext context, LocalFunction function)
    {
        var type = context.Request.Headers["X-Amz-Invocation-Type"].ToString();
        var payload = await PayloadAsync(context, type is "Event" ? LargestEvent : RuntimeEndpoint.LargestPayload);
        switch (type)
        {
            case "Event":
                context.Response.Headers["x-amzn-RequestId"] = function.Send(payload);
                await SendAsync(context, 202, "");
                break;
            case "DryRun":
                context.Response.StatusCode = 204;
                break;
            case "" or "RequestResponse":
                var answer = await function.InvokeAsync(payload, context.RequestAborted);
                context.Response.Headers["x-amzn-RequestId"] = answer.RequestId;
                context.Response.Headers["X-Amz-Executed-Version"] = "$LATEST";
                if (answer.FunctionError is { } error)
                    context.Response.Headers["X-Amz-Function-Error"] = error;
                await SendAsync(context, 200, answer.Payload);
                break;
            default:
                throw new AwsError(
                    "InvalidParameterValueException", $"X-Amz-Invocation-Type is '{type}': RequestResponse, Event or DryRun");
        }
    }

    // By name or by ARN, with or without a version.
    LocalFunction Function(string asked)
    {
        var name = asked.Split(':') switch
        {
            ["arn", _, "lambda", _, _, "function", var named, ..] => named,
            [var named, ..] => named,
            _ => asked,
        };
        return functions.TryGetValue(name, out var function) ? function : throw new AwsError(
            "ResourceNotFoundException",
            $"Function not found: arn:aws:lambda:{registry.Options.Region}:{registry.Options.AccountId}:function:{name}",
            404);
    }

    static async Task<string> PayloadAsync(HttpContext context, int largest)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body, context.RequestAborted);
        if (body.Length > largest)
        {
            throw new AwsError(
                "RequestTooLargeException", $"Request must be smaller than {largest} bytes for the InvokeFunction operation", 413);
        }

        if (body.Length == 0)
            return "{}";
        try
        {
            var bytes = body.ToArray();
            using var parsed = JsonDocument.Parse(bytes);
            return Encoding.UTF8.GetString(bytes);
        }
        catch (JsonException error)
        {
            throw new AwsError("InvalidRequestContentException", $"Could not parse request body into json: {error.Message}");
        }
    }

    static async Task SendAsync(HttpContext context, int status, string json)
    {
        var body = Encoding.UTF8.GetBytes(json);
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json";
        context.Response.ContentLength = body.Length;
        await context.Response.Body.WriteAsync(body, context.RequestAborted);
    }
}
