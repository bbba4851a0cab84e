using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace PushPruner.LocalAws;

/// <summary>The Lambda runtime API, as a function's own process sees it at AWS_LAMBDA_RUNTIME_API.</summary>
sealed class RuntimeEndpoint(RuntimeQueue queue, string functionArn)
{
    // 6 MB and a little: 6,291,556 bytes.
    internal const int LargestPayload = (6 * 1024 * 1024) + 100;

    const string Root = "/2018-06-01/runtime";
    const string Accepted = """{"status":"OK"}""";

    internal void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet(Root + "/invocation/next", (RequestDelegate)NextAsync);
        routes.MapPost(Root + "/invocation/{id}/response", (RequestDelegate)ResponseAsync);
        routes.MapPost(Root + "/invocation/{id}/error", (RequestDelegate)ErrorAsync);
        routes.MapPost(Root + "/init/error", (RequestDelegate)InitErrorAsync);
    }

    async Task NextAsync(HttpContext context)
    {
        try
        {
            var invocation = await queue.NextAsync(context.RequestAborted);
            var headers = context.Response.Headers;
            headers["Lambda-Runtime-Aws-Request-Id"] = invocation.RequestId;
            headers["Lambda-Runtime-Deadline-Ms"] = invocation.Deadline.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture);
            headers["Lambda-Runtime-Invoked-Function-Arn"] = functionArn;
            headers["Lambda-Runtime-Trace-Id"] = invocation.TraceId;
            await SendAsync(context, 200, invocation.Payload);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // The runtime ended while it waited; the next one gets what comes.
        }
    }

    async Task ResponseAsync(HttpContext context)
    {
        var body = await ReadAsync(context);
        if (body.Length > LargestPayload)
        {
            queue.Fail(
                RequestId(context),
                """{"errorType":"Function.ResponseSizeTooLarge","errorMessage":"Response payload size exceeded maximum allowed payload """
                    + """size (6291556 bytes)."}""");
            await SendAsync(
                context,
                413,
                """{"errorType":"RequestEntityTooLarge","errorMessage":"Exceeded maximum allowed payload size (6291556 bytes)."}""");
        }
        else
        {
            await SettleAsync(context, queue.Succeed(RequestId(context), Encoding.UTF8.GetString(body)));
        }
    }

    async Task ErrorAsync(HttpContext context) =>
        await SettleAsync(context, queue.Fail(RequestId(context), Encoding.UTF8.GetString(await ReadAsync(context))));

    async Task InitErrorAsync(HttpContext context)
    {
        queue.FailInit(Encoding.UTF8.GetString(await ReadAsync(context)));
        await SendAsync(context, 202, Accepted);
    }

    // An id without a running invocation: unknown, answered already, or timed out.
    static Task SettleAsync(HttpContext context, bool isKnown) => isKnown
        ? SendAsync(context, 202, Accepted)
        : SendAsync(context, 400, """{"errorType":"InvalidRequestID","errorMessage":"Invalid request ID"}""");

    static string RequestId(HttpContext context) => (string)context.Request.RouteValues["id"]!;

    static async Task<byte[]> ReadAsync(HttpContext context)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body, context.RequestAborted);
        return body.ToArray();
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
