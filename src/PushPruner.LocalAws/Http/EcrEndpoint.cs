using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace PushPruner.LocalAws;

/// <summary>ECR's HTTP API: JSON 1.1, every operation a POST to the root that names its target in a header.</summary>
sealed class EcrEndpoint(LocalRegistry registry)
{
    const string Json = "application/x-amz-json-1.1";
    const string Target = "AmazonEC2ContainerRegistry_V20150921.";

    internal void Map(IEndpointRouteBuilder routes) => routes.MapPost("/", (RequestDelegate)AnswerAsync);

    async Task AnswerAsync(HttpContext context)
    {
        var requestId = registry.NextRequestId();
        context.Response.Headers["x-amzn-RequestId"] = requestId;
        context.Response.ContentType = Json;
        try
        {
            await SendAsync(context, 200, await InvokeAsync(context, requestId));
        }
        catch (AwsError error)
        {
            var answer = new ErrorAnswer { Type = error.Code, Message = error.Message };
            await SendAsync(context, error.HttpStatus, JsonSerializer.SerializeToUtf8Bytes(answer, EcrJson.Wire.ErrorAnswer));
        }
        catch (ConnectionLostException)
        {
            context.Abort();
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // The caller has given up, and needs no answer.
        }
    }

    async Task<byte[]> InvokeAsync(HttpContext context, string requestId)
    {
        var request = context.Request;
        var target = request.Headers["X-Amz-Target"].ToString();
        if (request.ContentType?.StartsWith(Json, StringComparison.Ordinal) is not true
            || !target.StartsWith(Target, StringComparison.Ordinal)
            || !EcrOperation.All.TryGetValue(target[Target.Length..], out var operation))
        {
            throw new EcrError("UnknownOperationException", $"No operation '{target}' as {request.ContentType ?? "no content type"}");
        }

        CredentialScope.Check(request.Headers.Authorization, registry.Options.Region, "ecr");
        using var body = new MemoryStream();
        await request.Body.CopyToAsync(body, context.RequestAborted);
        return await operation.InvokeAsync(registry, body.ToArray(), requestId, context.RequestAborted);
    }

    static async Task SendAsync(HttpContext context, int status, byte[] body)
    {
        context.Response.StatusCode = status;
        context.Response.ContentLength = body.Length;
        await context.Response.Body.WriteAsync(body, context.RequestAborted);
    }
}
