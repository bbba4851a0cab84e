using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core.Features;

namespace PushPruner.LocalAws;

/// <summary>Layers and configs: uploads in one piece or in chunks, mounts, and downloads.</summary>
sealed class BlobEndpoint(LocalRegistry registry, BlobStore blobs)
{
    const string Content = "application/octet-stream";

    internal async Task StartAsync(HttpContext context, string repository)
    {
        registry.PrepareForPush(repository);
        var query = context.Request.Query;
        if (query["mount"] is [{ } mount] && query["from"] is [{ } from] && IsMountable(mount, from))
        {
            blobs.Mount(mount, from, repository);
            await CreatedAsync(context, repository, mount);
            return;
        }

        var upload = new DistributionPath(repository, DistributionResource.Upload, blobs.Start(repository));
        if (query.ContainsKey("digest"))
            await CompleteAsync(context, upload);
        else
            await AcceptedAsync(context, upload);
    }

    internal Task ReportAsync(HttpContext context, DistributionPath target) => ProgressAsync(context, target, 204);

    internal async Task AppendAsync(HttpContext context, DistributionPath target)
    {
        if (await ReceiveAsync(context, target))
            await AcceptedAsync(context, target);
        else
            await ProgressAsync(context, target, 416);
    }

    internal async Task CompleteAsync(HttpContext context, DistributionPath target)
    {
        if (context.Request.Query["digest"] is not [{ } digest])
            throw DistributionError.DigestInvalid("The digest of the upload must be given once, as ?digest=");
        if (!await ReceiveAsync(context, target))
        {
            await ProgressAsync(context, target, 416);
            return;
        }

        blobs.Complete(target, digest);
        await CreatedAsync(context, target.Repository, digest);
    }

    internal Task GiveUpAsync(HttpContext context, DistributionPath target)
    {
        blobs.GiveUp(target);
        context.Response.StatusCode = 204;
        return Task.CompletedTask;
    }

    // ECR sends clients on to S3 for the content; here it comes from here.
    internal Task ReadAsync(HttpContext context, DistributionPath target)
    {
        registry.MustHave(target.Repository);
        if (!blobs.TryGet(target.Repository, target.Reference, out var path))
            throw DistributionError.BlobUnknown(target.Reference);
        context.Response.Headers["Docker-Content-Digest"] = target.Reference;
        return Results.File(path, Content, enableRangeProcessing: true).ExecuteAsync(context);
    }

    // What ECR mounts is only what an image of the other repository holds.
    bool IsMountable(string digest, string from) =>
        registry.Options.BlobMounting && blobs.Has(from, digest) && registry.HoldsBlob(from, digest);

    async Task<bool> ReceiveAsync(HttpContext context, DistributionPath target)
    {
        var upload = blobs.Upload(target);

        // Layers have gigabytes, and come as slowly as they are compressed.
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
            size.MaxRequestBodySize = null;
        if (context.Features.Get<IHttpMinRequestBodyDataRateFeature>() is { } rate)
            rate.MinDataRate = null;
        return await upload.AppendAsync(context.Request.Body, StartOf(context.Request), context.RequestAborted);
    }

    // "0-999", with nothing in front and nothing behind. One that isn't that belongs nowhere.
    static long? StartOf(HttpRequest request)
    {
        var range = request.Headers.ContentRange.ToString();
        if (range.Length == 0)
            return null;
        return range.Split('-') is [var first, var last]
            && long.TryParse(first, NumberStyles.None, CultureInfo.InvariantCulture, out var from)
            && long.TryParse(last, NumberStyles.None, CultureInfo.InvariantCulture, out var to)
            && (request.ContentLength is not { } length || length == to - from + 1)
                ? from
                : -1;
    }

    Task AcceptedAsync(HttpContext context, DistributionPath target) => ProgressAsync(context, target, 202);

    Task ProgressAsync(HttpContext context, DistributionPath target, int status)
    {
        // Both ends count, so that nothing and one byte look alike.
        var last = Math.Max(blobs.Upload(target).Length - 1, 0);
        context.Response.Headers.Range = string.Create(CultureInfo.InvariantCulture, $"0-{last}");
        context.Response.Headers["Docker-Upload-UUID"] = target.Reference;
        return context.Located(PathOf(target), status);
    }

    static Task CreatedAsync(HttpContext context, string repository, string digest)
    {
        context.Response.Headers["Docker-Content-Digest"] = digest;
        return context.Located($"/v2/{repository}/blobs/{digest}", 201);
    }

    static string PathOf(DistributionPath upload) => $"/v2/{upload.Repository}/blobs/uploads/{upload.Reference}";
}
