<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="ru_RU" sourcelanguage="en">
<context>
    <name>ActivationPlot</name>
    <message>
        <source>The activation function; the dot is the value of the cell, before and after</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Curve of the activation function</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ArithmeticLine</name>
    <message>
        <source>Point at a term to see which cell and weight it comes from. Ctrl+C copies the text.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>CellText</name>
    <message>
        <source>no output reads this value</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>read by the outputs in rows {0}, columns {1}</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ColourBar</name>
    <message>
        <source>Which colour stands for which value</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Colours of the values</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Colours of the values from {low} to {high}</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ColourMixer</name>
    <message>
        <source>Red</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Green</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Blue</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Mixed colour</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ConvolutionRoom</name>
    <message>
        <source>make it fit</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>channels</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A grey value is computed from three channels; edit R, G or B instead.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>edit cell</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Point at a cell, or step with → to see how it is computed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The red channel alone</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The green channel alone</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The blue channel alone</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Each</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Each channel on its own</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Σ channels</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>One kernel per channel; the results are added up</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Grey</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Luminance: 0.299 R + 0.587 G + 0.114 B</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>All stages</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show what lies between the input and the result</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>FiltersPanel</name>
    <message>
        <source>add filter</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>remove filter</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>move filter</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>select filter</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>rename filter</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>1×1 layer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>1×1 weights</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Filter {0}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>bias</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Weight of {0}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>FILTERS</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Filters</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Double-click or F2 to rename</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Add a filter</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Remove the filter</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Move the filter up</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Move the filter down</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;1×1 layer on top</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Add up the maps, each times its own weight</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ImageRoom</name>
    <message>
        <source>edit cell</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>resize grid</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>tint channels</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Shape (H, W, C): {0}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Inputs H·W·C: {0}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Values shown from {0} to {1}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Picture</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Channel {0}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>PICTURE</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Tint the channels</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show R, G and B in their colours instead of grey</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>HISTOGRAM</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Histogram of each channel</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>COLOUR MIXER</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>NUMBERS</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Si&amp;ze</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Grid size</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Type or paste a &amp;matrix…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Weights of a dense layer, neurons:</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Neurons of the dense layer</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>KernelCells</name>
    <message>
        <source>Kernel</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>row {row}, column {column}, weight {weight}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Type a number or a fraction, or drag the cell up or down. Ctrl+↑ and Ctrl+↓ or the wheel change it by 1, with Shift by 0.1. Delete sets it to 0.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Weight</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>KernelGrid</name>
    <message>
        <source>&amp;Copy kernel</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Paste kernel</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Set weight to 0</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Kernel</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Applied turned by 180°</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The kernel as it is applied, turned by 180°</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Selected weight</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>KernelPanel</name>
    <message>
        <source>edit kernel</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>resize kernel</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>scale kernel</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>choose kernel</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>kernel per channel</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Same</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>One kernel for all channels</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The kernel of channel {0}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Known kernels</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>My kernels</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>KERNEL</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Si&amp;ze</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Kernel size</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Multiply by</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Multiply every weight by the number beside</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Factor</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>180°</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Turn the kernel by 180°</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Transp.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Exchange rows and columns</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Mirror left to right</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Mirror top to bottom</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Scale the weights so that they add up to 1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Change every sign</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>MatrixDialog</name>
    <message>
        <source>Numbers of the picture</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>One row per line; tabs, spaces or commas between the numbers. An empty line begins the next channel.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Matrix</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Menus</name>
    <message>
        <source>Forget these</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No pictures yet</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pictures and arrays ({0})</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open a picture</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Colour behind transparent pictures</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Undo {0}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Redo {0}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Keys</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Space: play or pause
← →: one cell back or forward
Home, End: first and last cell
Esc: let go of the cell
In a pane: arrows move the pointer, Enter pins, + − 0 zoom
In the kernel: type a number or a fraction, Ctrl+↑ ↓ spin, Ctrl+C and Ctrl+V copy and paste
F5: projector, F11: full screen, F7 and F8: side panels</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>About convviz</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>convviz {0}

Convolution and convolutional networks, made visible.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Unexpected error</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Something went wrong that should not have. Your work is still here; please report the details.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy details</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;File</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open &amp;recent</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Photographs</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Worked &amp;examples</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Edit</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;View</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Theme</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Language</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Step</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Open…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Paste picture or matrix</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Type a &amp;matrix…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Background of transparent pictures…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Quit</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Image</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Convolution</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Zoom &amp;in</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Zoom &amp;out</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Fit</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Actual size</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Kernel panel</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Values panel</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Projector</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>F&amp;ull screen</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Light</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Dark</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;High contrast</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Play or pause</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Forward</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Back</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>F&amp;irst cell</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Last cell</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Stop</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Keys</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;About</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>NumberField</name>
    <message>
        <source>A whole number. ↑ and ↓ change it by 1, with Ctrl by 10; so do the mouse wheel and dragging. Esc takes back what was typed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A number or a fraction such as 1/9. ↑ and ↓ change it by 1, with Shift by 0.1, with Ctrl by 10; so do the mouse wheel and dragging. Esc takes back what was typed.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Opener</name>
    <message>
        <source>open {0}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Typed numbers</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pasted picture</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>PairField</name>
    <message>
        <source>{name}, vertical</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name}, horizontal</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name}, both equal</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Keep the vertical and the horizontal number equal</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Pane</name>
    <message>
        <source>Wheel: zoom. Drag: move. Double click: show everything. Arrow keys: go from cell to cell. Enter: pin the cell. Esc: unpin.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>PaneEditor</name>
    <message>
        <source>Value of the cell</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Enter: the cell below. Tab: the next cell. Esc: leave it as it was.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>PaneView</name>
    <message>
        <source>updating</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>row {row}, column {column}, value {value}</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Pointing</name>
    <message>
        <source>Right.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Not yet: check each product.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A product was left out: see the amber cell.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>One product has the wrong sign: see the amber cell.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The bias was forgotten.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>That value is in the window, but it is not the one kept.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Prediction</name>
    <message>
        <source>Predicted value</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Type the value you expect and press Enter</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Check</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Compare the predicted value with the computed one</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>PresetButton</name>
    <message>
        <source>Save kernel</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Name of the kernel:</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Custom</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Kernel: {name}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name}. Choose another kernel, or keep this one.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>PresetGallery</name>
    <message>
        <source>Kernels</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Delete {name}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Save this kernel…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Keep the kernel in use among your own</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Save this kernel</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ProblemBar</name>
    <message>
        <source>Close this message</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Note</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Problem</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ResultPanel</name>
    <message>
        <source>display</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Signed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Blue below zero, white at zero, orange above</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Clip</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>0 is black, 255 is white; values outside are cut</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Size without sign: 0 is black</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stretch</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The smallest value is black, the largest white</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Sentence</name>
    <message>
        <source>The picture has {channels} channels, so none is red, green or blue. Choose each channel, their sum, or grey.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The filters have {kernels} kernels each, one per channel, but the picture has {channels} channels. Choose another picture, another channel mode or another filter.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Zero</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reflect</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Replicate</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Circular</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A kernel has rows and columns, per filter and input channel; this one is {shape}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A kernel weight or bias is not a finite number; type a number instead.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The kernel is {height} × {width}; the largest possible is {most} × {most}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stride</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Dilation</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Padding</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There are {biases} biases for {filters} filters; give one, or one per filter.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{filters} filters cannot be divided into {groups} equal groups.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The filters expect {expected} input channels, but the input has {channels}. Choose another channel mode or other filters.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{mode} padding of {padding} needs more than the {size} rows the input has; at most {most} is possible.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{mode} padding of {padding} needs more than the {size} columns the input has; at most {most} is possible.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{size} input with its padding</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{size} input</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The kernel {kernel} is larger than the {padded}. {hint}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The kernel {kernel} with its dilation reaches over {reach} cells, more than the {padded}. {hint}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Use dilation 1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose a smaller kernel or a larger input.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Dilation 1 would make it fit.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Padding {padding} would make it fit.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A layer here has at most {most} filters; remove one first.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Identity</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Identity 1×1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Shift by one</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Box blur 3×3</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Box blur 5×5</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Gaussian blur 3×3</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Gaussian blur 5×5</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Gaussian blur 7×7</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Gaussian blur 31×31</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Motion blur</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sharpen</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Unsharp mask</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Emboss</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sobel ∂x</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sobel ∂y</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Prewitt ∂x</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Prewitt ∂y</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Scharr ∂x</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Scharr ∂y</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Roberts cross ↘</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Roberts cross ↙</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Laplacian, 4 neighbours</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Laplacian, 8 neighbours</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Laplacian of Gaussian 5×5</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Vertical edge</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Horizontal edge</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Vertical line</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Horizontal line</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Lecture: step by step</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Lecture: on 5×5</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Diagonal ↘</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Diagonal ↙</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ones</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Lecture: composed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Fragment 11</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no kernel called “{name}”. There are: {names}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The weights add up to 0, so they cannot be scaled to add up to 1.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A kernel has from 1 to {most} rows and columns, not {height} × {width}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name} must be a whole number from {low} to {high}, not {value}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Use padding {padding}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pooling size</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pooling stride</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pooling padding</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pooling padding {padding} is more than half the pooling size {size}; a window could lie outside the map altogether. At most {most} is possible.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Use pooling padding {padding}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The pooling window {size} is larger than the {height}×{width} map it is to pool; a window of {fixed} would fit.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Use pooling size {size}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>[{count} more: {sum}]</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name} holds complex numbers. Save their real part, imaginary part or absolute value.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name} does not hold numbers but {type}. Save an array of numbers instead.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name} has the shape {shape}. A picture has rows and columns, and perhaps channels first or last: 2 or 3 axes.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name} has the shape {shape}: neither its first nor its last axis can be the channels, of which there are 1 to {most}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The shape {shape} was read as rows × columns × channels ({channels} channels); channels × rows × columns would be possible too.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The shape {shape} was read as channels × rows × columns ({channels} channels); rows × columns × channels would be possible too.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name} was not saved: there is no room left in {folder}. Free some space or save elsewhere.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name} was not saved: writing in {folder} is not allowed. Save it in another folder.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name} was not saved: it is a folder. Give the name of a file in it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name} was not saved: there is no folder {folder}. Create it or save elsewhere.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name} was not saved: {reason}. Save it elsewhere.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is nothing between a pair of brackets. Type numbers there.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The brackets do not match. Write a matrix as [[1, 2], [3, 4]] or without brackets.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The brackets are nested too deeply: {most} levels are possible here.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The colour profile is damaged and was left out.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The colour profile does not fit the picture and was left out.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Colours converted from the profile “{profile}” to sRGB.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Printing colours (CMYK) without a profile were converted by the simple formula.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Colours converted from CIELAB to sRGB.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The colour profile was not applied, so that the values stay as they are.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The picture is animated; its first frame is shown.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The file holds several pictures; the first one is shown.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The picture has more than 8 bits per channel; it was reduced to 8.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{bits}-bit decimal numbers per channel, kept as they are; {low} is shown as black, {high} as white.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{bits} bits per channel, kept as they are; {low} is shown as black, {high} as white.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name} contains values as large as {value}, more than 32-bit numbers can hold. Scale them first.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Values rounded to 32-bit precision (about 7 digits): {count}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{text} divides by zero. Type a fraction such as 1/9.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{text} is too large a number. Type a smaller one.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{text} is not a finite number. Type one such as 0.5 or 1/9.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{text} is not a number. Type one such as 0.5, -2 or 1/9.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There are no numbers here. Type some, such as 1 0 -1.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Part {number} has the shape {shape}, but part 1 has {first}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Row {row} has {count} numbers, but row 1 has {first}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Row {row} has no number in column {column}. Type one, or 0.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Row {row}, column {column}: {problem}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This is more than {most} × {most} numbers. Open it as a file (.npy) instead.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The colours of its palette were written out as R, G and B.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Grey of {bits} bits per pixel (0 to {most}) was stretched to 0 to 255.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name} was not saved: a PNG holds 1 or 3 channels, not {channels}. Save it as .npy instead.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Turned upright, as the camera recorded (EXIF orientation {number}).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Transparent parts were laid over the colour {colour}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Black and white (1 bit per pixel) is shown as 0 and 255.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Your own kernels could not be read: {name} is damaged. It will be kept as {backup} when you save a kernel.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name} has no pixels: its size is {width} × {height}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name} is {width} × {height}, {megapixels} megapixels; the largest convviz opens is {most} megapixels. Make it smaller first.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name} holds {values} million numbers of {bytes} bytes, which take too much memory. Make it smaller, or save it with 8 bits.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name} has more than {most} megapixels, the most that convviz opens. Make it smaller first.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name} is too large for the memory. Make it smaller first.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name} is cut short: the end of the {format} file is missing. Copy or download it again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name} is damaged or cut short: it starts as a {format} file but cannot be decoded. Copy or download it again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name} cannot be read: it is a rare variant of {format}, or damaged. Save it again, as PNG if possible.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name} contains values that are not finite numbers (NaN or infinity): {count} in all, the first at index {index}. Replace them first.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A part of convviz is missing: {file}. Install convviz again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cat</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Astronaut</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cup of coffee</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Rocket</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Motorcycle</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Distant galaxies</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Photographer (grey)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Coins (grey)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Brick wall (grey)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Printed page (grey)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Numbers, 6 × 6</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Numbers, 5 × 5</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Numbers, 4 × 4</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Vertical edge, 6 × 6</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Three channels, 5 × 5</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Zeros and ones, 5 × 5</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Three feature maps, 3 × 3</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>One fragment 11, 2 × 3</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Two fragments 11, 2 × 3</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No fragment 11, 2 × 3</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Four fragments 11, 2 × 3</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Positive and negative, 4 × 4</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>For three kinds of pooling, 4 × 4</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The sample photographs are missing: they come with scikit-image. Install it again, or open a picture of your own.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name} is a {format} file, which convviz does not open. Save it as PNG or JPEG first.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name} is not a picture. convviz opens PNG, JPEG, WebP, GIF, BMP, TIFF, AVIF, HEIC, PPM and NPY files.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The name ends in {suffix}, but the file is a {format} picture.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name} is a folder. Choose a picture inside it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name} is not an ordinary file but a device, pipe or socket. Choose a picture file.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name} is empty: there is not a single byte in it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name} was not found. It may have been moved or renamed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name} cannot be read: you are not allowed to open it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name} cannot be read: {reason}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Channels beyond the colours were left out: {count}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Channel {number} is {size}, but channel 1 is {first}; all channels need the same size.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no picture, file or matrix on the clipboard.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Transparent parts show the chosen background colour.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The number must be from {low} to {high}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The number must be whole and from {low} to {high}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is not enough memory for this. Close other programs, or try a smaller picture or fewer filters.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>SettingsPanel</name>
    <message>
        <source>operation</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>stride</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>dilation</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>padding</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>padding mode</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>activation</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>pooling</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>pooling size</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>pooling stride</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>pooling padding</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>bias</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>rows: {0}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>columns: {0}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cross-corr.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cross-correlation: the kernel as it is written, what neural networks compute</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Convolution</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Convolution: the kernel turned by 180°</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Off</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No convolution: only activation and pooling</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>S&amp;tride</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Padding</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Dilation</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Bias</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Activation</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Poo&amp;ling</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pooling size</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pooling stride</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pooling padding</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>OUTPUT SIZE</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Padding amount</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Padding mode</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>as typed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>same</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>valid</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>zeros</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>reflect</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>replicate</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>circular</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>none</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>sigmoid</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>maximum</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>minimum</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>average</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>SpeedButton</name>
    <message>
        <source>Speed of playing</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>StageView</name>
    <message>
        <source>Channel {0}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Input</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Part {0}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Activation</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pooling</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>1×1 layer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Output</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>TopBar</name>
    <message>
        <source>Image</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The picture and its channels as numbers (Ctrl+1)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Convolution</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A kernel at work on the picture (Ctrl+2)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Projector F5</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Everything 1.6 times larger, for the back row</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Transport</name>
    <message>
        <source>First output cell (Home)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Previous output cell (←)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Next output cell (→)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stop stepping and show every cell</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Drag to any output cell</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Output cell</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Predict</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Hide the value of each cell until it has been predicted</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pause (Space)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Play (Space)</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ValuesPanel</name>
    <message>
        <source>OUTPUT VALUES</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Log</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Logarithmic histogram</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Draw the counts on a logarithmic scale: rare values are seen too</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Histogram of the output values</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>How often each value occurs</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>min</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>max</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>mean</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>count</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>≈ from a sample of {count} values</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>whole result {percent} %</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Window</name>
    <message>
        <source>● Opening…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>● Ready</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>cross-correlation {0}×{1}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>convolution {0}×{1}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>no convolution</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} · {1} ms</source>
        <translation type="unfinished"></translation>
    </message>
</context>
</TS>
