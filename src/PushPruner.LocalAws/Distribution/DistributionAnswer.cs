using Microsoft.AspNetCore.Http;

namespace PushPruner.LocalAws;

static class DistributionAnswer
{
    /// <summary>Sends a body, or to a HEAD what its headers would be.</summary>
    internal static async Task SendAsync(this HttpContext context, string contentType, byte[] body, int status = 200)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = contentType;
        context.Response.ContentLength = body.Length;
        if (!HttpMethods.IsHead(context.Request.Method))
            await context.Response.Body.WriteAsync(body, context.RequestAborted);
    }

    /// <summary>Says where something is, with no body. The path alone: the client knows by which host it came.</summary>
    internal static Task Located(this HttpContext context, string path, int status)
    {
        context.Response.StatusCode = status;
        context.Response.Headers.Location = path;
        if (status != StatusCodes.Status204NoContent)
            context.Response.ContentLength = 0;
        return Task.CompletedTask;
    }
}
