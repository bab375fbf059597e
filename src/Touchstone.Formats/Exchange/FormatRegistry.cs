using Touchstone.Formats.Argoverse;
using Touchstone.Formats.Bdd;
using Touchstone.Formats.Brat;
using Touchstone.Formats.Cityscapes;
using Touchstone.Formats.Coco;
using Touchstone.Formats.Conll;
using Touchstone.Formats.Cvat;
using Touchstone.Formats.Datumaro;
using Touchstone.Formats.Dgp;
using Touchstone.Formats.Davis;
using Touchstone.Formats.ImageNet;
using Touchstone.Formats.IndexMasks;
using Touchstone.Formats.Doccano;
using Touchstone.Formats.Interchange;
using Touchstone.Formats.Kitti;
using Touchstone.Formats.LabelMe;
using Touchstone.Formats.LabelStudio;
using Touchstone.Formats.Labels;
using Touchstone.Formats.Lanes;
using Touchstone.Formats.Mapillary;
using Touchstone.Formats.Mcap;
using Touchstone.Formats.Mot;
using Touchstone.Formats.NuScenes;
using Touchstone.Formats.Mots;
using Touchstone.Formats.OpenImages;
using Touchstone.Formats.OpenLabel;
using Touchstone.Formats.Scale;
using Touchstone.Formats.SusTech;
using Touchstone.Formats.Spacy;
using Touchstone.Formats.Supervisely;
using Touchstone.Formats.Voc;
using Touchstone.Formats.Vott;
using Touchstone.Formats.Waymo;
using Touchstone.Formats.WebAnno;
using Touchstone.Formats.Yolo;

namespace Touchstone.Formats.Exchange;

/// <summary>Every format that there is, one line each.</summary>
public static class FormatRegistry
{
    /// <summary>All of them, in the order in which they are told.</summary>
    public static IReadOnlyList<DatasetFormat> All { get; } =
    [
        new InterchangeFormat(),
        new ReleaseFormat(),
        new CocoFormat(),
        new CocoPanopticFormat(),
        new CocoResultsFormat(),
        new YoloFormat(),
        new DarknetFormat(),
        new VocFormat(),
        new CvatImagesFormat(),
        new CvatVideoFormat(),
        new LabelStudioFormat(),
        new ScaleFormat(),
        new OpenLabelFormat(),
        new KittiFormat(),
        new KittiTrackingFormat(),
        new KittiRawFormat(),
        new NuScenesFormat(),
        new MmDetection3dFormat(),
        new DgpFormat(),
        new SusTechFormat(),
        new ArgoverseFormat(),
        new WaymoFormat(),
        new WaymoParquetFormat(),
        new McapFormat(),
        new MotFormat(),
        new MotsTextFormat(),
        new MotsPngFormat(),
        new DavisFormat(),
        new MapillaryFormat(),
        new CityscapesFormat(),
        new IndexMaskFormat(),
        new TuSimpleFormat(),
        new LaneMaskFormat(),
        new CuLaneFormat(),
        new BddFormat(),
        new LabelMeFormat(),
        new LabelMeXmlFormat(),
        new VottFormat(),
        new VottCsvFormat(),
        new SuperviselyFormat(),
        new SuperviselyCloudFormat(),
        new OpenImagesFormat(),
        new ImageNetFormat(),
        new DatumaroFormat(),
        new ConllFormat(),
        new ConllUFormat(),
        new SpacyFormat(),
        new DoccanoFormat(),
        new BratFormat(),
        new WebAnnoFormat(),
    ];

    /// <summary>The format of that id; null where there is none.</summary>
    public static DatasetFormat? Find(string id) => All.FirstOrDefault(f => f.Traits.Id.Equals(id, StringComparison.OrdinalIgnoreCase));

    /// <summary>What a folder or file is, the surest first.</summary>
    public static IReadOnlyList<Recognition> Recognise(DatasetSource source) =>
        [.. All.Where(f => f.Traits.Reads).SelectMany(f => f.Recognise(source)).OrderByDescending(r => r.Certainty).ThenBy(r => r.Place, StringComparer.Ordinal).ThenBy(r => r.Format, StringComparer.Ordinal)];
}
