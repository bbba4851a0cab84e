using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace PushPruner.LocalAws;

/// <summary>
/// The OCI distribution API, version 2, for docker, skopeo and similar clients. It listens on loopback only, accepts any credentials, and
/// allows everything.
/// </summary>
sealed class DistributionEndpoint(LocalRegistry registry, BlobStore blobs)
{
    readonly BlobEndpoint blobEndpoint = new(registry, blobs);
    readonly ManifestEndpoint manifestEndpoint = new(registry, blobs);
    readonly ListEndpoint listEndpoint = new(registry);

    internal void Map(IEndpointRouteBuilder routes) => routes.Map("/v2/{**path}", (RequestDelegate)AnswerAsync);

    async Task AnswerAsync(HttpContext context)
    {
        context.Response.Headers["Docker-Distribution-Api-Version"] = "registry/2.0";
        try
        {
            await DispatchAsync(context, (string?)context.Request.RouteValues["path"] ?? "");
        }
        catch (DistributionError error)
        {
            await RefuseAsync(context, error);
        }
        catch (AwsError error)
        {
            await RefuseAsync(context, DistributionError.Of(error));
        }
        catch (ConnectionLostException)
        {
            context.Abort();
        }
        catch (Exception error) when (error is OperationCanceledException or IOException && context.RequestAborted.IsCancellationRequested)
        {
            // The caller has given up, and needs no answer.
        }
        catch (IOException error)
        {
            // A body that breaks the protocol, or a disk that is full.
            await RefuseAsync(context, new("UNKNOWN", error.Message, error is BadHttpRequestException bad ? bad.StatusCode : 500));
        }
    }

    Task DispatchAsync(HttpContext context, string path)
    {
        if (path.Length == 0)
            return context.SendAsync("application/json", "{}"u8.ToArray());
        if (DistributionPath.Read(path) is not { } target)
            throw new DistributionError("UNSUPPORTED", "There is nothing at this path", 404);
        Constraint.RepositoryName(target.Repository);
        return (context.Request.Method, target.Resource) switch
        {
            ("POST", DistributionResource.Uploads) => blobEndpoint.StartAsync(context, target.Repository),
            ("GET", DistributionResource.Upload) => blobEndpoint.ReportAsync(context, target),
            ("PATCH", DistributionResource.Upload) => blobEndpoint.AppendAsync(context, target),
            ("PUT", DistributionResource.Upload) => blobEndpoint.CompleteAsync(context, target),
            ("DELETE", DistributionResource.Upload) => blobEndpoint.GiveUpAsync(context, target),
            ("GET" or "HEAD", DistributionResource.Blob) => blobEndpoint.ReadAsync(context, target),
            ("GET" or "HEAD", DistributionResource.Manifest) => manifestEndpoint.ReadAsync(context, target),
            ("PUT", DistributionResource.Manifest) => manifestEndpoint.PutAsync(context, target),
            ("GET", DistributionResource.Tags) => listEndpoint.TagsAsync(context, target.Repository),
            ("GET", DistributionResource.Referrers) => listEndpoint.ReferrersAsync(context, target),

            // Among them the deletes: an image is deleted by ECR's own API. Whether ECR serves them here is not documented.
            _ => throw DistributionError.Unsupported,
        };
    }

    static async Task RefuseAsync(HttpContext context, DistributionError error)
    {
        if (context.Response.HasStarted)
        {
            context.Abort();
            return;
        }

        await context.SendAsync("application/json", error.Body, error.HttpStatus);
    }
}
